package dev.berth.cli.command;

import dev.berth.cli.Main;
import dev.berth.lab.ground.OwnJava;
import dev.berth.remedy.apply.Applying;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts the process that undoes a change unless it is confirmed, before its first step: another Berth, which outlives this
 * one and its terminal. Where it is killed as well, the next Berth that changes anything does its work.
 */
record Reverter(Path folder) implements Applying.Before {
    private static final int PATIENCE_SECONDS = 30;

    /** Flags for a process that mostly waits. */
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xms8m", "-Xmx256m");

    @Override
    public void firstStepOf(int change) throws IOException {
        var builder = new ProcessBuilder(command(change))
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("BERTH_STATE", folder.toString());
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
        Process process = builder.start();
        if (!isReady(process)) {
            process.destroyForcibly();
            throw new IOException("the process that would undo it unless it is confirmed does not start");
        }
    }

    private static List<String> command(int change) {
        var command = new ArrayList<String>();
        command.add(OwnJava.command().toString());
        command.addAll(FLAGS);
        command.addAll(OwnJava.started(Main.class.getName()));
        command.addAll(List.of(RevertCommand.NAME, String.valueOf(change)));
        return command;
    }

    private static boolean isReady(Process process) throws IOException {
        process.getOutputStream().close();
        var said = CompletableFuture.supplyAsync(() -> {
            try {
                return RevertCommand.READY.equals(process.inputReader().readLine());
            } catch (IOException ended) {
                return false;
            }
        });
        try {
            return said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
