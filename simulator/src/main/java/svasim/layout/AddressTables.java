package svasim.layout;

import java.util.function.LongUnaryOperator;

/** Tables that translate addresses, for people who look at what lies above them. */
@FunctionalInterface
public interface AddressTables {
    /**
     * Looks an address up at once, without side effect.
     *
     * @param memory the aligned word at a physical address
     * @return {@link Pointer#NOWHERE} if nothing is mapped there
     */
    long translate(long address, LongUnaryOperator memory);
}
