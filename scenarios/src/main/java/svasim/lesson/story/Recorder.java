package svasim.lesson.story;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.iommu.core.Iommu;
import svasim.machine.Machine;
import svasim.pcie.tlp.Tlp;
import svasim.report.Listener;
import svasim.report.Namer;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.trace.Kind;

/** Writes down the story of a run, from its observations and by looking at the machine. */
public final class Recorder implements Listener {
    private final Strings strings = new Strings();
    private final Lanes lanes;
    private final Steps steps;
    private final Spans spans = new Spans();
    private final Lives lives;
    private final Packets packets = new Packets(strings);
    private final MachineTables machineTables;
    private final Walks walks;
    private final MachineGrids grids;
    private boolean ended;
    private final int limit;

    private long firstId = -1;
    private int seenSteps;

    /**
     * @param limit steps that are written down at most
     */
    public Recorder(Machine machine, Namer namer, Sentences sentences, int limit) {
        this.limit = limit;
        lanes =
                new Lanes(
                        machine.hardware().trace(),
                        List.copyOf(machine.hardware().devices().keySet()),
                        machine.hardware().iommus().stream().map(Iommu::name).toList());
        steps = new Steps(strings, sentences);
        lives = new Lives(namer);
        machineTables = new MachineTables(machine);
        walks = new Walks(machineTables.tables());
        grids = new MachineGrids(machine);
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public void on(Seen seen) {
        int step = seenSteps++;
        if (step >= limit) {
            return;
        }
        if (step == 0) {
            firstId = seen.id();
        }
        if (seen.kind() == Kind.TASK_STARTED) {
            lanes.task(seen.lane(), seen.b() >= 0);
        }
        int lane = lanes.position(seen.lane());
        steps.add(seen, lane, firstId);
        spans.see(step, lane, seen);
        lives.see(step, seen);
        machineTables.see(step, seen);
        walks.see(step, seen);
        grids.see(step, seen);
        boolean packet =
                switch (seen.kind()) {
                    case TLP_SENT, TLP_RECEIVED, TLP_DROPPED, LINK_ERROR -> true;
                    default -> false;
                };
        if (packet && seen.subject() instanceof Tlp tlp) {
            packets.add(step, tlp);
        }
    }

    /** What the steps mean, in their order. */
    public List<Moment> moments() {
        return steps.moments();
    }

    /** After the run, once. */
    private void end() {
        if (!ended) {
            ended = true;
            spans.end();
            if (seenSteps <= limit) {
                grids.end(seenSteps - 1);
            }
        }
    }

    /** The tables, for tests. */
    Tables tables() {
        return machineTables.tables();
    }

    /** What was written down, as a plain tree. */
    public Map<String, Object> plain() {
        end();
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("window", window());
        List<Object> drawn = spans.plain(strings);
        story.put("lanes", lanes.plain());
        story.put("pasids", lives.pasids());
        story.put("states", Lives.states());
        story.put("moves", Lives.moves());
        story.put("life", lives.life());
        story.put("spans", drawn);
        story.put("packets", packets.packets());
        story.put("tlps", packets.rows());
        Tables tables = machineTables.tables();
        story.put("structures", tables.structures());
        story.put("words", tables.words());
        story.put("layouts", tables.layouts());
        story.put("writes", tables.writes());
        story.put("walks", walks.rows());
        grids.write(story);
        story.put("steps", steps.rows());
        story.put("strings", strings.texts());
        return story;
    }

    private Map<String, Object> window() {
        if (seenSteps <= limit) {
            return null;
        }
        Map<String, Object> window = new LinkedHashMap<>();
        window.put("from", 0);
        window.put("shown", limit);
        window.put("of", seenSteps);
        window.put("says", "The first " + limit + " of " + seenSteps + " steps are shown.");
        return window;
    }
}
