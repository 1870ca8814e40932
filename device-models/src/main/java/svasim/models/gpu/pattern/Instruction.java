package svasim.models.gpu.pattern;

/**
 * A memory instruction of a wavefront: each lane reads or writes 8 bytes.
 *
 * @param write whether lanes write
 * @param addresses virtual address of each lane, a multiple of 8
 * @param values what each lane writes; null for a read
 */
public record Instruction(boolean write, long[] addresses, long[] values) {
    static Instruction read(long[] addresses) {
        return new Instruction(false, addresses, null);
    }

    static Instruction write(long[] addresses, long[] values) {
        return new Instruction(true, addresses, values);
    }

    public int lanes() {
        return addresses.length;
    }
}
