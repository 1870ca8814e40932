package svasim.os.mm;

import svasim.os.reference.Node;
import svasim.paging.Access;

/**
 * A mapping: a range of virtual addresses with the same permissions and the same thing behind it.
 *
 * @param start first address, a multiple of 4 KiB
 * @param end first address behind it
 * @param access permitted, bits of {@link svasim.paging.Access}
 */
public record Vma(long start, long end, int access, Content content, Node node) {
    boolean holds(long va) {
        return va >= start && va < end;
    }

    /** Whether a whole range lies in it. */
    boolean holds(long from, long to) {
        return from >= start && to <= end;
    }

    long bytes() {
        return end - start;
    }

    /** Whether a fault may be resolved: by permission, and because there is something behind. */
    boolean permits(int wanted) {
        return (access & wanted) == wanted && (isAnonymous() || !file().isGone());
    }

    boolean has(VmaFlag flag) {
        return content.has(flag);
    }

    Backing file() {
        return content.file();
    }

    boolean isAnonymous() {
        return content.file() == null;
    }

    /** The file with contents that is mapped, or null. */
    RegularFile regularFile() {
        return content.file() instanceof RegularFile file ? file : null;
    }

    /** Memory of a device: nothing there is allocated, copied or freed. */
    boolean isDevice() {
        return !isAnonymous() && regularFile() == null;
    }

    /** Physical address of device memory, or offset in the file, behind an address. */
    long behind(long va) {
        return content.base() + va - start;
    }

    /** Whether pages that are shared may not be written: a store makes a copy. */
    boolean isCopyOnWrite() {
        return !isDevice() && !has(VmaFlag.SHARED) && (access & Access.WRITE) != 0;
    }

    /** The part of this mapping within a range, with other permissions. */
    Vma part(long from, long to, int newAccess, Node newNode) {
        long first = Math.max(start, from);
        return new Vma(first, Math.min(end, to), newAccess, content.from(first - start), newNode);
    }

    /** The same with other contents. */
    Vma with(Content changed, Node newNode) {
        return new Vma(start, end, access, changed, newNode);
    }

    /** The same at another place. */
    Vma at(long newStart, long newEnd, Node newNode) {
        return new Vma(newStart, newEnd, access, content, newNode);
    }
}
