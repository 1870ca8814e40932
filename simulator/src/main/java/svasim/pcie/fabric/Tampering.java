package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import svasim.pcie.link.FlowQueues;
import svasim.pcie.link.TlpSink;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.FlowClass;
import svasim.pcie.tlp.Poison;
import svasim.pcie.tlp.Tlp;

/** What is done on purpose to packets that arrive at one end of a link. */
public final class Tampering implements TlpSink {
    private final TlpSink receiver;
    private final Consequences consequences;
    private final List<Strike> strikes = new ArrayList<>();

    /** By flow class: the packet that the receiver has refused, which was looked at already. */
    private final Tlp[] refused = new Tlp[FlowQueues.FLOWS];

    /** What becomes of a packet. */
    public enum Effect {
        /** It vanishes. */
        LOSE(DropReason.LOST),
        /** Its data arrives marked as wrong. */
        POISON(null),
        /** The receiver takes it for malformed. */
        MALFORM(DropReason.MALFORMED),
        /** The receiver does not support it: Unsupported Request. */
        REFUSE(DropReason.UNSUPPORTED_REQUEST),
        /** The receiver cannot carry it out: Completer Abort. */
        ABORT(DropReason.COMPLETER_ABORT);

        private final DropReason reason;

        Effect(DropReason reason) {
            this.reason = reason;
        }

        /** Whether a packet can suffer this. */
        boolean suits(Tlp tlp) {
            return this != POISON || Poison.of(tlp) != null;
        }

        /** Status of the completion that a request gets; null if it gets none. */
        private CompletionStatus answer() {
            return switch (this) {
                case REFUSE -> CompletionStatus.UNSUPPORTED_REQUEST;
                case ABORT -> CompletionStatus.COMPLETER_ABORT;
                case LOSE, POISON, MALFORM -> null;
            };
        }
    }

    /** Says which packets suffer. */
    public interface Strike {
        Effect effect();

        /** Whether a packet is struck; asked once for each that could suffer the effect. */
        boolean hits(Tlp tlp);
    }

    /** What the end of the link does with a packet that is not taken. */
    interface Consequences {
        void drop(Tlp tlp, DropReason reason);

        /** Sends the completion of a request back with this status. */
        void answer(Tlp request, CompletionStatus status, long nowPs);
    }

    Tampering(TlpSink receiver, Consequences consequences) {
        this.receiver = receiver;
        this.consequences = consequences;
    }

    /** From now on packets may suffer this. */
    void add(Strike strike) {
        strikes.add(strike);
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        return strikes.isEmpty() ? receiver.offer(tlp, nowPs) : look(tlp, nowPs);
    }

    private boolean look(Tlp tlp, long nowPs) {
        int flow = tlp.flowClass().ordinal();
        Effect effect = refused[flow] == tlp ? null : effect(tlp);
        if (effect != null && effect.reason != null) {
            drop(tlp, effect, nowPs);
            return true;
        }
        Tlp arriving = effect == null ? tlp : Poison.of(tlp);
        boolean taken = receiver.offer(arriving, nowPs);
        refused[flow] = taken ? null : tlp;
        return taken;
    }

    private Effect effect(Tlp tlp) {
        Effect first = null;
        for (Strike strike : strikes) {
            boolean hit = strike.effect().suits(tlp) && strike.hits(tlp);
            first = hit && first == null ? strike.effect() : first;
        }
        return first;
    }

    private void drop(Tlp tlp, Effect effect, long nowPs) {
        consequences.drop(tlp, effect.reason);
        if (effect.answer() != null && tlp.flowClass() == FlowClass.NON_POSTED) {
            consequences.answer(tlp, effect.answer(), nowPs);
        }
    }
}
