package svasim.models.rogue;

import java.util.Arrays;
import java.util.function.Consumer;

/** Reads or writes up to a page that is not the function's own, in pieces of a cache line. */
final class Page {
    static final int BYTES = 4096;
    static final int PIECE = 64;

    private final RawPort port;

    Page(RawPort port) {
        this.port = port;
    }

    /**
     * Reads until the buffer is full or a piece is refused.
     *
     * @param then told of the first refusal, or of data
     */
    void read(Target target, byte[] into, Consumer<Outcome> then) {
        readFrom(0, target, into, then);
    }

    private void readFrom(int offset, Target target, byte[] into, Consumer<Outcome> then) {
        int bytes = Math.min(PIECE, into.length - offset);
        port.ask(
                tag -> target.plus(offset).read(tag, bytes),
                answer -> {
                    boolean whole = answer.data().length == bytes;
                    if (answer.outcome() != Outcome.DATA || !whole) {
                        then.accept(
                                answer.outcome() == Outcome.DATA
                                        ? Outcome.SILENCE
                                        : answer.outcome());
                        return;
                    }
                    System.arraycopy(answer.data(), 0, into, offset, bytes);
                    if (offset + bytes == into.length) {
                        then.accept(Outcome.DATA);
                    } else {
                        readFrom(offset + bytes, target, into, then);
                    }
                });
    }

    void write(Target target, byte[] from) {
        for (int offset = 0; offset < from.length; offset += PIECE) {
            int end = Math.min(offset + PIECE, from.length);
            port.send(target.plus(offset).write(Arrays.copyOfRange(from, offset, end)));
        }
    }
}
