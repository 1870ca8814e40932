package svasim.iommu.core;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives answers in the order of arrival, with a limited number of inquiries under way; the others
 * wait at the entrance.
 */
final class ReleaseOrder<I extends Inquiry> {
    private final int window;
    private final Deque<I> underWay = new ArrayDeque<>();
    private final Deque<I> entrance = new ArrayDeque<>();

    /**
     * @param window inquiries that may be under way at once, at least 1
     */
    ReleaseOrder(int window) {
        this.window = window;
    }

    /** Whether the inquiry may begin; otherwise it waits until {@link #admitted} returns it. */
    boolean admit(I inquiry) {
        if (underWay.size() < window && entrance.isEmpty()) {
            underWay.add(inquiry);
            return true;
        }
        entrance.add(inquiry);
        return false;
    }

    /** The next inquiry whose answer may be given, or null. */
    I released() {
        return !underWay.isEmpty() && underWay.peek().answered ? underWay.remove() : null;
    }

    /** The next inquiry that may begin, or null. */
    I admitted() {
        if (entrance.isEmpty() || underWay.size() == window) {
            return null;
        }
        underWay.add(entrance.peek());
        return entrance.remove();
    }
}
