package svasim.check;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * I-01. Remembers the generation of each frame at the moment when a function was given a
 * translation to it, and compares when the function's access reaches memory. What a unit answers
 * from its caches is as old as the walk that has filled them.
 */
final class DmaToLiveFrame extends Rule {
    private final Probes probes;

    /** Generation at translation time, by function and frame. */
    private final Map<Use, Integer> translated = new HashMap<>();

    /** Generation when a unit has read tables last and found the frame. */
    private final Map<Long, Integer> walked = new HashMap<>();

    /** Requests that no cache could answer. */
    private final Set<Object> missed = Collections.newSetFromMap(new IdentityHashMap<>());

    private record Use(long requesterId, long frame) {}

    DmaToLiveFrame(Probes probes) {
        super(
                "I-01",
                "No DMA reaches a frame that was freed since its address was translated.",
                Kind.TRANSLATION_MISSED,
                Kind.TRANSLATED,
                Kind.TRANSLATION_FAULTED,
                Kind.DMA_READ,
                Kind.DMA_WRITE);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case TRANSLATION_MISSED -> missed.add(seen.subject());
            case TRANSLATION_FAULTED -> missed.remove(seen.subject());
            case TRANSLATED -> {
                if (!seen.bringsTranslation()) {
                    remember((Tlp) seen.subject(), frame(seen.c()));
                }
            }
            default -> checkAccess(seen, docket);
        }
    }

    private void remember(Tlp request, long frame) {
        boolean walks = missed.remove(request);
        int now = probes.frames().generation(frame);
        if (walks) {
            walked.put(frame, now);
        }
        translated.put(new Use(request.senderId(), frame), walked.getOrDefault(frame, now));
    }

    private void checkAccess(Observation seen, Docket docket) {
        long first = frame(seen.a());
        long last = frame(seen.a() + Math.max(seen.b(), 1) - 1);
        for (long frame = first; frame <= last; frame += PhysicalMemory.FRAME_BYTES) {
            checkAccess(seen, frame, docket);
        }
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
