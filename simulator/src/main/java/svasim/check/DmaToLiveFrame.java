package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * I-01. Remembers the generation of each frame at the moment when a function was given a
 * translation to it, and compares when the function's access reaches memory.
 */
final class DmaToLiveFrame extends Rule {
    private final Probes probes;

    /** Generation at translation time, by function and frame. */
    private final Map<Use, Integer> translated = new HashMap<>();

    private record Use(long requesterId, long frame) {}

    DmaToLiveFrame(Probes probes) {
        super(
                "I-01",
                "No DMA reaches a frame that was freed since its address was translated.",
                Kind.TRANSLATED,
                Kind.DMA_READ,
                Kind.DMA_WRITE);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TRANSLATED) {
            if (usesCachedTranslation((Tlp) seen.subject())) {
                return;
            }
            long frame = frame(seen.c());
            translated.put(
                    new Use(((Tlp) seen.subject()).senderId(), frame),
                    probes.frames().generation(frame));
            return;
        }
        long first = frame(seen.a());
        long last = frame(seen.a() + Math.max(seen.b(), 1) - 1);
        for (long frame = first; frame <= last; frame += PhysicalMemory.FRAME_BYTES) {
            checkAccess(seen, frame, docket);
        }
    }

    /** Whether the request brings a translation that was given earlier. */
    private static boolean usesCachedTranslation(Tlp request) {
        return request instanceof Tlp.MemoryRequest memory
                && memory.addressType() == AddressType.TRANSLATED;
    }

    private void checkAccess(Observation seen, long frame, Docket docket) {
        Integer then = translated.get(new Use(seen.c(), frame));
        int now = probes.frames().generation(frame);
        if (then == null || then == now && probes.frames().use(frame) != FrameUse.FREE) {
            return;
        }
        String what = seen.kind() == Kind.DMA_READ ? "read" : "write";
        String state =
                probes.frames().use(frame) == FrameUse.FREE
                        ? "is free"
                        : "now belongs to " + probes.frames().owner(frame);
        docket.broken(
                this,
                Finding.of(what + " of a frame that was freed and " + state)
                        .frame(frame)
                        .device(seen.c()));
    }

    private static long frame(long address) {
        return address & -PhysicalMemory.FRAME_BYTES;
    }
}
