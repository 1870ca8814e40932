package svasim.pcie.fabric;

import java.util.List;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * What becomes of a packet in the random fabric, found by walking the tree by hand, port by port,
 * with the rules of PCI Express Base 5.0, 6.12 (access control) and 2.2.10 (prefixes).
 */
final class RouteModel {
    private final List<ModelPort> roots;
    private final boolean peerToPeer;

    /** Where a packet ends. */
    enum Kind {
        NODE,
        MEMORY,
        /** Thrown away; a request with an answer is answered with the status, from the place. */
        REFUSED,
        /** Thrown away, and nobody is told. */
        LOST
    }

    /**
     * @param status of a refusal
     * @param answersFrom port below which an answer starts its way up; null if it needs none to
     *     reach the requester
     * @param pasid whether it still has its PASID
     * @param turn port where it left the way up: only what turns at one place stays in order
     */
    record End(
            Kind kind,
            CompletionStatus status,
            ModelPort answersFrom,
            boolean pasid,
            ModelPort turn) {
        End at(ModelPort port) {
            return new End(kind, status, answersFrom, pasid, port);
        }
    }

    private static final End LOST = new End(Kind.LOST, null, null, false, null);

    /**
     * What counts for the way of a packet.
     *
     * @param target leaf port that it goes to; null for memory, or nowhere
     * @param memory whether a null target is memory
     * @param hole whether nobody at the target has the address
     */
    record Going(
            ModelPort target,
            boolean memory,
            boolean hole,
            boolean completion,
            boolean translated,
            boolean relaxed,
            boolean pasid) {
        static Going of(Tlp tlp, ModelPort target, boolean memory, boolean hole) {
            boolean translated =
                    tlp instanceof Tlp.MemoryRequest request
                            && request.addressType() == AddressType.TRANSLATED;
            return new Going(
                    target,
                    memory,
                    hole,
                    tlp instanceof Tlp.Completion,
                    translated,
                    tlp.attributes().relaxedOrdering(),
                    tlp.pasid() != null);
        }

        Going withoutPasid() {
            return new Going(target, memory, hole, completion, false, relaxed, false);
        }
    }

    private enum Way {
        UP,
        ACROSS,
        VIOLATION,
        UNSUPPORTED
    }

    RouteModel(List<ModelPort> roots, boolean peerToPeer) {
        this.roots = roots;
        this.peerToPeer = peerToPeer;
    }

    private static End refused(CompletionStatus status) {
        return new End(Kind.REFUSED, status, null, false, null);
    }

    /** From the link below a port upwards. */
    End from(ModelPort start, Going going) {
        ModelPort at = start;
        while (true) {
            if (going.pasid() && !at.prefixes) {
                return LOST;
            }
            boolean blocked = at.access.translationBlocking() && going.translated();
            if (blocked) {
                return refused(CompletionStatus.COMPLETER_ABORT);
            }
            if (at.owner == null) {
                return atRoot(at, going).at(at);
            }
            ModelPort across = towards(at.owner.ports, going.target());
            Way way = way(at, across, going);
            if (way == Way.VIOLATION) {
                return refused(CompletionStatus.COMPLETER_ABORT);
            }
            boolean barred = way == Way.UP ? at.owner.prefixBlocking : blocks(across);
            if (way == Way.UNSUPPORTED || going.pasid() && barred) {
                return refused(CompletionStatus.UNSUPPORTED_REQUEST);
            }
            if (way == Way.ACROSS) {
                return down(across, going).at(at);
            }
            at = at.owner.above;
        }
    }

    private static boolean blocks(ModelPort port) {
        return port != null && port.prefixBlocking;
    }

    private static ModelPort towards(List<ModelPort> ports, ModelPort target) {
        return ports.stream()
                .filter(port -> target != null && port.leadsTo(target))
                .findFirst()
                .orElse(null);
    }

    private Way way(ModelPort at, ModelPort across, Going going) {
        if (across == null) {
            return Way.UP;
        }
        if (across == at) {
            return at.access.upstreamForwarding() ? Way.UP : Way.UNSUPPORTED;
        }
        if (going.completion()) {
            return at.access.completionRedirect() && !going.relaxed() ? Way.UP : Way.ACROSS;
        }
        if (going.translated() && at.access.directTranslated()) {
            return Way.ACROSS;
        }
        List<String> barred = at.access.egressControl();
        if (barred == null) {
            return at.access.requestRedirect() ? Way.UP : Way.ACROSS;
        }
        if (!barred.contains(across.name)) {
            return Way.ACROSS;
        }
        return at.access.requestRedirect() ? Way.UP : Way.VIOLATION;
    }

    /** Within the root complex. */
    End atRoot(ModelPort at, Going going) {
        if (going.target() == null) {
            return going.memory()
                    ? new End(Kind.MEMORY, null, null, false, at)
                    : refused(CompletionStatus.UNSUPPORTED_REQUEST);
        }
        ModelPort across = towards(roots, going.target());
        if (going.completion()) {
            return down(across, going);
        }
        if (!peerToPeer) {
            return refused(CompletionStatus.UNSUPPORTED_REQUEST);
        }
        return switch (way(at, across, going)) {
            case UP -> down(across, going.withoutPasid());
            case ACROSS ->
                    going.pasid() && across.prefixBlocking
                            ? refused(CompletionStatus.UNSUPPORTED_REQUEST)
                            : down(across, going);
            case VIOLATION -> refused(CompletionStatus.COMPLETER_ABORT);
            case UNSUPPORTED -> refused(CompletionStatus.UNSUPPORTED_REQUEST);
        };
    }

    private End down(ModelPort start, Going going) {
        ModelPort at = start;
        while (at.below != null) {
            if (going.pasid() && !at.below.prefixes) {
                return LOST;
            }
            ModelPort next = towards(at.below.ports, going.target());
            if (going.pasid() && next.prefixBlocking) {
                return new End(Kind.REFUSED, CompletionStatus.UNSUPPORTED_REQUEST, at, false, null);
            }
            at = next;
        }
        return going.hole()
                ? new End(Kind.REFUSED, CompletionStatus.UNSUPPORTED_REQUEST, at, false, null)
                : new End(Kind.NODE, null, at, going.pasid(), null);
    }

    /** Whether the answer of whoever refuses or completes a request gets back. */
    boolean answerArrives(End request, ModelPort requester, boolean relaxed) {
        if (request.answersFrom() == null) {
            return request.kind() != Kind.LOST;
        }
        Going back = new Going(requester, false, false, true, false, relaxed, false);
        return from(request.answersFrom(), back).kind() == Kind.NODE;
    }
}
