package svasim.models.rogue;

import java.util.function.BiConsumer;

/**
 * Looks through physical memory for a page that begins with the bytes 0, 1, 2 and so on, as secrets
 * of scenarios do; gives up at the first refusal, since further ones only fill logs.
 */
final class Search {
    private final RawPort port;
    private final long endAddress;
    private final BiConsumer<Outcome, Target> then;

    /**
     * @param then told of the page, or why none was found
     */
    Search(RawPort port, long endAddress, BiConsumer<Outcome, Target> then) {
        this.port = port;
        this.endAddress = endAddress;
        this.then = then;
    }

    void from(Target target) {
        if (target.address() >= endAddress) {
            then.accept(Outcome.NOTHING_FOUND, null);
            return;
        }
        port.ask(tag -> target.read(tag, Page.PIECE), answer -> look(target, answer));
    }

    private void look(Target target, Answer answer) {
        if (answer.outcome() != Outcome.DATA) {
            then.accept(answer.outcome(), null);
        } else if (isWanted(answer.data())) {
            then.accept(Outcome.DATA, target);
        } else {
            from(target.plus(Page.BYTES));
        }
    }

    private static boolean isWanted(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (data[i] != i) {
                return false;
            }
        }
        return true;
    }
}
