package svasim.models.rogue;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** A translation that was asked for as it should be, and is kept whatever becomes of the page. */
final class KeptTranslation {
    private static final long NONE = -1;

    private final RawPort port;
    private long physical = NONE;

    KeptTranslation(RawPort port) {
        this.port = port;
    }

    boolean isKept() {
        return physical >= 0;
    }

    /** The page in the name of a requester. */
    Target target(int requester) {
        return Target.physical(requester, physical);
    }

    /** Asks for the page of the attacker's buffer. */
    void ask(Order order, Consumer<Outcome> then) {
        port.ask(
                tag ->
                        new Tlp.TranslationRequest(
                                order.requester(),
                                tag,
                                order.buffer() & -Page.BYTES,
                                1,
                                false,
                                new PasidPrefix(order.pasid()),
                                Attributes.DEFAULT),
                answer -> then.accept(answered(order, answer)));
    }

    private Outcome answered(Order order, Answer answer) {
        byte[] data = answer.data();
        long entry = data.length == Long.BYTES ? ByteBuffer.wrap(data).getLong() : 0;
        boolean granted = (entry & TranslationEntry.READ) != 0;
        physical = granted ? address(order.buffer(), entry) : NONE;
        boolean empty = answer.outcome() == Outcome.DATA && !granted;
        return empty ? Outcome.NOTHING_FOUND : answer.outcome();
    }

    private static long address(long buffer, long entry) {
        long offset = buffer & (1L << TranslationEntry.shift(entry)) - Page.BYTES;
        return TranslationEntry.base(entry) + offset;
    }
}
