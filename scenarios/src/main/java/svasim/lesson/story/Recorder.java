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
    private final Systems systems;
    private final Lanes lanes;
    private final Steps steps;
    private final Spans spans = new Spans();
    private final Lives lives;
    private final Packets packets = new Packets(strings);
    private final MachineTables machineTables;
    private final Walks walks;
    private final MachineGrids grids;
    private boolean ended;
    private final Window window;

    private long firstId = -1;
    private long beginsPs;
    private int seenSteps;

    /**
     * @param window steps that are written down
     */
    public Recorder(Machine machine, Namer namer, Sentences sentences, Window window) {
        this.window = window;
        systems = new Systems(machine);
        lanes =
                new Lanes(
                        machine.hardware().trace(),
                        systems,
                        List.copyOf(machine.hardware().devices().keySet()),
                        machine.hardware().iommus().stream().map(Iommu::name).toList());
        steps = new Steps(strings, sentences);
        lives = new Lives(namer);
        machineTables = new MachineTables(machine, systems);
        walks = new Walks(machineTables.tables());
        grids = new MachineGrids(machine, systems);
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public boolean hearsGuests() {
        return true;
    }

    @Override
    public void on(Seen raw) {
        int number = seenSteps++;
        if (window.isOver(number)) {
            return;
        }
        int step = window.local(number);
        Seen seen = systems.told(raw);
        if (step == 0) {
            begin(seen);
        }
        if (seen.kind() == Kind.TASK_STARTED) {
            lanes.task(seen.lane(), seen.b() >= 0);
        }
        spans.see(step, seen);
        lives.see(step, raw, seen);
        machineTables.see(step, seen);
        walks.see(step, seen);
        grids.follow(step, seen);
        if (step < 0) {
            steps.pass(raw, seen);
        } else {
            tell(step, raw, seen);
        }
    }

    /** What is there before the first step that is told is the state that the story begins with. */
    private void begin(Seen seen) {
        firstId = seen.id();
        beginsPs = seen.timePs();
        machineTables.tables().begin();
        if (window.from() > 0) {
            lives.begin();
            grids.begin();
        }
    }

    private void tell(int step, Seen raw, Seen seen) {
        steps.add(raw, seen, lanes.position(seen.lane()), firstId);
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
            if (!window.isOver(seenSteps - 1)) {
                grids.end(window.local(seenSteps - 1));
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
        story.put("window", window.plain(seenSteps));
        List<Object> drawn = spans.plain(strings, lanes, beginsPs);
        story.put("lanes", lanes.plain());
        story.put("guests", systems.names());
        story.put("pasids", lives.pasids());
        story.put("states", Lives.states());
        story.put("moves", Lives.moves());
        story.put("life", lives.life());
        story.put("spans", drawn);
        story.put("packets", packets.packets());
        story.put("tlps", packets.rows());
        Tables tables = machineTables.tables();
        tables.number();
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
}
