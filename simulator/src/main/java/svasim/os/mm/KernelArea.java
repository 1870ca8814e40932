package svasim.os.mm;

import java.util.List;

/**
 * Memory that the kernel has mapped for itself at addresses that follow each other (vm_struct).
 *
 * @param bytes size of the mapping, whole pages
 * @param frames all that it maps, in the order of their addresses
 */
public record KernelArea(String name, long start, long bytes, List<Long> frames) {
    public KernelArea {
        frames = List.copyOf(frames);
    }

    long end() {
        return start + bytes;
    }

    /** Whether it consists of huge pages. */
    boolean isHuge() {
        return bytes >= PageTables.HUGE;
    }
}
