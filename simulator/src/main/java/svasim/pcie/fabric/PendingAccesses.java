package svasim.pcie.fabric;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the accesses under way in groups: a new group begins with each question about them. */
final class PendingAccesses implements Accesses {
    /** Accesses that were let through between two questions. */
    static final class Group {
        private int open;
        private Runnable callback;
    }

    private final Deque<Group> groups = new ArrayDeque<>();

    PendingAccesses() {
        groups.add(new Group());
    }

    /** An access was let through; the result is for {@link #end}. */
    Group begin() {
        Group group = groups.peekLast();
        group.open++;
        return group;
    }

    /** The access has been carried out. */
    void end(Group group) {
        group.open--;
        callBack();
    }

    @Override
    public void whenCarriedOut(Runnable callback) {
        groups.peekLast().callback = callback;
        groups.add(new Group());
        callBack();
    }

    private void callBack() {
        while (groups.peek().open == 0 && groups.peek().callback != null) {
            groups.remove().callback.run();
        }
    }
}
