package svasim.replay;

import java.util.List;
import svasim.units.Picoseconds;

/** Replays one capture. */
public final class Replay {
    private final Capture capture;
    private final Tally tally = new Tally();
    private final Reasons reasons;
    private Stimulus stimulus;
    private Expectations expectations;
    private Snapshots snapshots;

    private Replay(Capture capture) {
        this.capture = capture;
        this.reasons = new Reasons(capture.unit());
    }

    /** Runs every line; what cannot be handled is counted, never thrown. */
    public static ReplayResult run(Capture capture) {
        return run(capture, new Units());
    }

    static ReplayResult run(Capture capture, UnitFactory factory) {
        Replay replay = new Replay(capture);
        replay.runWith(factory);
        CaptureUnit unit = capture.unit();
        return replay.tally.result(unit.name(), unit.iommu(), replay.reasons.equivalencesUsed());
    }

    private void runWith(UnitFactory factory) {
        Rig rig;
        try {
            rig = new Rig(capture.unit(), capture.devicesAcknowledge(), factory);
        } catch (UnsupportedOperationException e) {
            tally.unsupported("unit " + capture.unit().iommu());
            return;
        } catch (IllegalArgumentException e) {
            tally.unsupported("feature: " + e.getMessage());
            return;
        }
        stimulus = new Stimulus(rig);
        LeafComparison leaves = new LeafComparison(rig.iommu, capture.unit().entryStatus());
        expectations = new Expectations(rig, tally, leaves, reasons);
        snapshots = new Snapshots(rig, tally, reasons, leaves);
        List<String> lines = capture.lines();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (!text.isEmpty() && text.charAt(0) != '#') {
                runLine(rig, new Line(i + 1, text));
            }
        }
        expectations.end(lines.size());
    }

    private void runLine(Rig rig, Line line) {
        try {
            if (line.kind() != 'I' && line.kind() != 'W') {
                expectations.compareEarlyCommands();
            }
            switch (line.kind()) {
                case 'M' -> stimulus.memoryWrite(line);
                case 'W' -> {
                    stimulus.registerWrite(line);
                    expectations.compareEarlyCommands();
                }
                case 'P' -> stimulus.pageRequest(line);
                case 'K' -> stimulus.invalidateCompletion(line);
                case 'Z' -> rig.pass(Long.parseLong(line.text(1)) * Picoseconds.PER_MICROSECOND);
                case 'S' -> snapshots.compare(line, capture.snapshot(line.text(1)));
                default -> expectations.check(line);
            }
        } catch (IllegalArgumentException e) {
            tally.unsupported("line " + line.number() + ": " + e.getMessage());
        } catch (RuntimeException e) { // a bug of ours: the other lines still have something to say
            tally.fail("internal", line.number(), line.text(), e + " at " + e.getStackTrace()[0]);
        }
    }
}
