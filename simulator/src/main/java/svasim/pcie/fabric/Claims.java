package svasim.pcie.fabric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds who claims an address, among many: whoever claimed something of the same 4 KiB before is
 * asked first, so that a register costs the same however many functions there are.
 */
final class Claims<T> {
    private static final int PAGE_SHIFT = 12;

    private final List<T> all;
    private final Test<T> test;
    private final Map<Long, T> known = new HashMap<>();

    /** Whether one claims an address. */
    @FunctionalInterface
    interface Test<T> {
        boolean claims(T one, long address);
    }

    /**
     * @param all who is asked, in this order; the list may grow
     */
    Claims(List<T> all, Test<T> test) {
        this.all = all;
        this.test = test;
    }

    /** Null if nobody claims the address. */
    T find(long address) {
        T before = known.get(address >>> PAGE_SHIFT);
        if (before != null && test.claims(before, address)) {
            return before;
        }
        for (T one : all) {
            if (test.claims(one, address)) {
                known.put(address >>> PAGE_SHIFT, one);
                return one;
            }
        }
        return null;
    }
}
