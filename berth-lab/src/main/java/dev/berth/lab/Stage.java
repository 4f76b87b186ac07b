package dev.berth.lab;

import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Ran;
import dev.berth.lab.ground.Running;
import java.io.IOException;

/** Where a scenario is played: its machines, and the words for what happens on them. */
public final class Stage {
    private final Ground ground;
    private final Narrator narrator;
    private final boolean quick;

    /**
     * @param quick whether to show the same with fewer connections
     */
    public Stage(Ground ground, Narrator narrator, boolean quick) {
        this.ground = ground;
        this.narrator = narrator;
        this.quick = quick;
    }

    public Ground ground() {
        return ground;
    }

    /** The machine that is there from the start. */
    public Machine machine() {
        return ground.machine();
    }

    /** So many, or fewer where it has to be quick. */
    public int size(int full, int quickly) {
        return quick ? quickly : full;
    }

    public void part(String title) throws IOException {
        narrator.tell(new Told.Part(title));
    }

    public void say(String words) throws IOException {
        narrator.tell(new Told.Words(words));
    }

    /** Types a shell line on the first machine and tells what came of it. */
    public Ran type(String line) throws LabException, IOException, InterruptedException {
        return type(machine(), line);
    }

    public Ran type(Machine machine, String line) throws LabException, IOException, InterruptedException {
        Ran ran = machine.run(line);
        narrator.tell(new Told.Typed(prompt(machine), line, ran.output(), ran.exitCode()));
        return ran;
    }

    /**
     * Types a line that sets something up, and tells what came of it.
     *
     * @param lacking what a machine lacks, as in {@code nftables in its kernel}, where the line fails
     * @throws LabException {@link LabException.Kind#NOT_POSSIBLE} where it fails
     */
    public Ran must(Machine machine, String line, String lacking)
            throws LabException, IOException, InterruptedException {
        Ran ran = type(machine, line);
        if (ran.exitCode() != 0) {
            throw LabException.lacking(lacking, line, ran.lastWords());
        }
        return ran;
    }

    /** Starts a program that goes on in the background, its output in {@code name.log}, and waits until it says {@code ready}. */
    public Running start(Machine machine, String name, String line, String ready)
            throws LabException, IOException, InterruptedException {
        Running running = machine.start(name, line);
        running.await(ready);
        narrator.tell(new Told.Typed(prompt(machine), line + " >" + name + ".log 2>&1 &", "", 0));
        return running;
    }

    /** Tells what had to be so and whether it was; a scenario of which something was not ends as a failure. */
    public void claim(boolean held, String claim) throws IOException {
        narrator.tell(new Told.Claim(claim, held));
    }

    /** Whether what {@code need} names is here; tells what is left out where it is not. */
    public boolean has(Need need) throws IOException {
        if (need.isHere()) {
            return true;
        }
        skip(String.valueOf(need.part()), need.what() + " is not here: " + need.next());
        return false;
    }

    public void skip(String what, String why) throws IOException {
        narrator.tell(new Told.Skipped(what, why));
    }

    public void show(Table table) throws IOException {
        narrator.tell(new Told.Measured(table));
    }

    public void draw(String name, String title, String svg) throws IOException {
        narrator.tell(new Told.Drawn(name, title, svg));
    }

    private String prompt(Machine machine) {
        return ground.machines().size() > 1 ? machine.name() : "";
    }
}
