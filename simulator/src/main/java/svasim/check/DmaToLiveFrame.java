package svasim.check;

import java.util.Collections;
import java.util.IdentityHashMap;
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
    /** Generations count from 0. */
    private static final int NEVER = -1;

    /** Requester IDs have four bits more than offsets in frames. */
    private static final int REQUESTER_SHIFT = 4;

    private final Probes probes;

    /** Generation at translation time, by function and frame. */
    private final LongIntTable translated = new LongIntTable();

    /** Generation when a unit has read tables last and found the frame. */
    private final LongIntTable walked = new LongIntTable();

    /** Requests that no cache could answer. */
    private final Set<Object> missed = Collections.newSetFromMap(new IdentityHashMap<>());

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
        translated.put(use(request.senderId(), frame), walked.get(frame, now));
    }

    private void checkAccess(Observation seen, Docket docket) {
        long first = frame(seen.a());
        long last = frame(seen.a() + Math.max(seen.b(), 1) - 1);
        for (long frame = first; frame <= last; frame += PhysicalMemory.FRAME_BYTES) {
            checkAccess(seen, frame, docket);
        }
    }

    private void checkAccess(Observation seen, long frame, Docket docket) {
        int then = translated.get(use(seen.c(), frame), NEVER);
        int now = probes.frames().generation(frame);
        if (then == NEVER || then == now && probes.frames().use(frame) != FrameUse.FREE) {
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

    /** Function and frame in one word; addresses have 52 bits at most. */
    private static long use(long requesterId, long frame) {
        return frame << REQUESTER_SHIFT | requesterId;
    }

    private static long frame(long address) {
        return address & -PhysicalMemory.FRAME_BYTES;
    }
}
