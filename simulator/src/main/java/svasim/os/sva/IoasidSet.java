package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.mm.Mm;

/**
 * The numbers of one owner (reference 2.9), whose token is its address space. A number counts until
 * it is reclaimed, also while its free is only pending.
 */
final class IoasidSet {
    private final Mm token;
    private final int quota;
    private final List<PasidLife> numbers = new ArrayList<>();

    /**
     * @param quota numbers that the set may own at once
     */
    IoasidSet(Mm token, int quota) {
        this.token = token;
        this.quota = quota;
    }

    /** Whether a number belongs to the set; nobody else may take a reference on it. */
    boolean owns(PasidLife life) {
        return numbers.contains(life);
    }

    /** Whether the set may own no further number. */
    boolean isFull() {
        numbers.removeIf(life -> life.state() == PasidState.FREED);
        return numbers.size() >= quota;
    }

    void add(PasidLife life) {
        numbers.add(life);
    }

    /** Why the set gets no further number. */
    String refusal() {
        return "the set of " + token.name() + " owns " + quota + " PASIDs already (-EDQUOT)";
    }
}
