package svasim.machine.fault;

import java.util.function.Predicate;
import svasim.pcie.tlp.AtomicRequest;
import svasim.pcie.tlp.Tlp;

/** Kinds of packets as faults name them, with the way on which devices send or get them. */
public enum PacketKind {
    ANY(Way.UP, tlp -> true),
    MEMORY_READ(Way.UP, Tlp.MemoryRead.class::isInstance),
    MEMORY_WRITE(Way.UP, Tlp.MemoryWrite.class::isInstance),
    ATOMIC(Way.UP, AtomicRequest.class::isInstance),
    TRANSLATION_REQUEST(Way.UP, Tlp.TranslationRequest.class::isInstance),
    PAGE_REQUEST(Way.UP, tlp -> tlp instanceof Tlp.PageRequest request && !request.stopMarker()),
    STOP_MARKER(Way.UP, tlp -> tlp instanceof Tlp.PageRequest request && request.stopMarker()),
    INVALIDATE_COMPLETION(Way.UP, Tlp.InvalidateCompletion.class::isInstance),
    INVALIDATE_REQUEST(Way.DOWN, Tlp.InvalidateRequest.class::isInstance),
    PAGE_GROUP_RESPONSE(Way.DOWN, Tlp.PageGroupResponse.class::isInstance),
    DEFERRABLE_WRITE(Way.DOWN, Tlp.DeferrableWrite.class::isInstance),
    /** The answer to a read or to a translation request. */
    COMPLETION(Way.DOWN, Tlp.Completion.class::isInstance);

    private final Way way;
    private final Predicate<Tlp> test;

    PacketKind(Way way, Predicate<Tlp> test) {
        this.way = way;
        this.test = test;
    }

    /** Where most of them go. */
    Way way() {
        return way;
    }

    boolean covers(Tlp tlp) {
        return test.test(tlp);
    }
}
