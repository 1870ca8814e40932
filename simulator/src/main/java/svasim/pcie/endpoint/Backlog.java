package svasim.pcie.endpoint;

import java.util.ArrayDeque;
import java.util.function.Predicate;

/**
 * Accesses that could not send all their packets, in the order in which they came: those with
 * posted packets apart from those that need a tag and a place for a non-posted one.
 */
final class Backlog {
    private final ArrayDeque<Access> posted = new ArrayDeque<>();
    private final ArrayDeque<Access> nonPosted = new ArrayDeque<>();
    private final Predicate<Access> advance;
    private boolean resuming;
    private boolean again;

    /**
     * @param advance sends what can be sent; false if the access has to go on waiting
     */
    Backlog(Predicate<Access> advance) {
        this.advance = advance;
    }

    /** Lets an access send, behind those of its kind that wait. */
    void enter(Access access) {
        ArrayDeque<Access> queue = access.sendsPosted() ? posted : nonPosted;
        if (!queue.isEmpty() || !advance.test(access)) {
            queue.add(access);
        }
    }

    /** There may be room, or a tag. */
    void resume() {
        if (resuming) {
            again = true;
            return;
        }
        resuming = true;
        do {
            again = false;
            resume(posted);
            resume(nonPosted);
        } while (again);
        resuming = false;
    }

    /** The access is given up and sends nothing more. */
    void forget(Access access) {
        if (!posted.remove(access)) {
            nonPosted.remove(access);
        }
    }

    private void resume(ArrayDeque<Access> queue) {
        while (!queue.isEmpty() && advance.test(queue.peek())) {
            queue.remove();
        }
    }
}
