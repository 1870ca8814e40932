package svasim.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Captures of a few lines on the tables of a VT-d unit in scalable mode: function 3a:05.2 has PASID
 * 0x5123 with first-stage tables, and one page at 0x7f3a5c6d7000.
 */
final class TinyCapture {
    /** A queue for descriptors of 32 bytes at 0x3000000, and one for page requests. */
    private static final List<String> READY =
            List.of(
                    "M 10003a0 1001001",
                    "M 1001540 100241d",
                    "M 1002a20 1003001",
                    "M 10038c0 41",
                    "M 10038c8 800051",
                    "M 10038d0 1004010",
                    "M 10047f0 1005027",
                    "M 1005748 1006027",
                    "M 1006718 1007027",
                    "M 10076b8 234567067",
                    "W 90 8 3000800",
                    "W d0 8 4000000",
                    "W 18 4 4000000",
                    "W 20 8 1000400",
                    "W 18 4 44000000",
                    "W 18 4 84000000");

    private static final int DESCRIPTOR_BYTES = 32;

    private final List<String> lines;
    private final int queued;
    private final Boolean devicesAcknowledge;

    private TinyCapture(List<String> lines, int queued, Boolean devicesAcknowledge) {
        this.lines = lines;
        this.queued = queued;
        this.devicesAcknowledge = devicesAcknowledge;
    }

    /** The unit is on; nothing has happened. */
    static TinyCapture ready() {
        return new TinyCapture(READY, 0, null);
    }

    /** Devices answer Invalidate Requests by K lines only. */
    static TinyCapture withSilentDevices() {
        return new TinyCapture(READY, 0, false);
    }

    /** A longer capture. */
    TinyCapture with(String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return new TinyCapture(all, queued, devicesAcknowledge);
    }

    /** Writes a descriptor into the queue. */
    TinyCapture descriptor(String word0, String word1) {
        int address = 0x300_0000 + DESCRIPTOR_BYTES * queued;
        TinyCapture longer =
                with(
                        "M %x %s".formatted(address, word0),
                        "M %x %s".formatted(address + Long.BYTES, word1));
        return new TinyCapture(longer.lines, queued + 1, devicesAcknowledge);
    }

    /** The write of the tail that has all descriptors fetched. */
    String tail() {
        return "W 88 8 %x".formatted(DESCRIPTOR_BYTES * queued);
    }

    TinyCapture ring() {
        return with(tail());
    }

    /** Number of the last line. */
    int lastLine() {
        return lines.size();
    }

    ReplayResult run() {
        return run(Map.of());
    }

    ReplayResult run(Map<String, Snapshot> snapshots) {
        CaptureUnit unit =
                new CaptureUnit(
                        "tiny",
                        "intel-vtd",
                        Map.of("ECAP.PRS", 1L, "ECAP.DT", 1L),
                        Map.of(),
                        0,
                        0,
                        devicesAcknowledge,
                        Map.of());
        return Replay.run(new Capture(unit, lines, snapshots));
    }
}
