package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Private namespaces with the sockets of a scene, made anew where they do not stay. */
final class Populated implements Meter, AutoCloseable {
    private static final String ERRORS = "errors";

    private final Population population;
    private final Tools tools;
    private final Berth berth;
    private @Nullable Ground ground;
    private long since;

    Populated(Population population, Tools tools, Berth berth) {
        this.population = population;
        this.tools = tools;
        this.berth = berth;
    }

    @Override
    public void prepare(Duration round) throws LabException, IOException, InterruptedException {
        Duration lasts = population.lasts();
        if (ground == null || lasts != null && age().plus(round).compareTo(lasts) > 0) {
            close();
            open();
        }
    }

    @Override
    public boolean isWhole() {
        return population.lasts() == null || age().compareTo(population.lasts()) <= 0;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void open() throws LabException, IOException, InterruptedException {
        Ground opened = Ground.open(berth.words());
        ground = opened;
        opened.machine().set("ipv4/ip_local_port_range", "1024 65535");
        opened.machine().set("ipv4/tcp_max_tw_buckets", "2000000");
        since = System.nanoTime();
        if (!population.words().isEmpty()) {
            var words = new ArrayList<>(List.of(tools.path("populate")));
            words.addAll(population.words());
            opened.machine().start("populate", String.join(" ", words)).await("ready");
        }
    }

    @Override
    public Sample run(Contender contender) throws LabException, IOException, InterruptedException {
        String line = "JAVA_HOME=" + quoted(System.getProperty("java.home")) + " " + quoted(tools.path("meas")) + " "
                + ERRORS + " "
                + contender.words().stream().map(Populated::quoted).collect(Collectors.joining(" "));
        Ran ran = namespaces().machine().run(line);
        if (ran.exitCode() != 0) {
            throw LabException.failed(
                    "cannot time " + contender.name(), ran.output().strip());
        }
        return Sample.parse(ran.output());
    }

    @Override
    public String complaint() throws IOException {
        Path errors = namespaces().path(ERRORS);
        return Files.readAllLines(errors).stream()
                .filter(line -> !line.isBlank())
                .reduce((first, last) -> last)
                .orElse("it said nothing")
                .strip();
    }

    private Ground namespaces() {
        if (ground == null) {
            throw new IllegalStateException("nothing is prepared");
        }
        return ground;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException {
        if (ground != null) {
            ground.close();
            ground = null;
        }
    }
}
