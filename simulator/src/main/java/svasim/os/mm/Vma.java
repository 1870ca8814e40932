package svasim.os.mm;

import svasim.os.reference.Node;

/**
 * A mapping: a range of virtual addresses with the same permissions and the same thing behind it.
 *
 * @param start first address, a multiple of 4 KiB
 * @param end first address behind it
 * @param access permitted, bits of {@link svasim.paging.Access}
 * @param file the device file that is mapped, or null for anonymous memory
 * @param physical device memory at {@code start}, if a file is mapped
 */
public record Vma(long start, long end, int access, Backing file, long physical, Node node) {
    boolean holds(long va) {
        return va >= start && va < end;
    }

    boolean isAnonymous() {
        return file == null;
    }

    /** The part of this mapping within a range, with other permissions. */
    Vma part(long from, long to, int newAccess, Node newNode) {
        long first = Math.max(start, from);
        return new Vma(
                first, Math.min(end, to), newAccess, file, physical + first - start, newNode);
    }
}
