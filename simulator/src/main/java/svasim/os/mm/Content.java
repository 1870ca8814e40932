package svasim.os.mm;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What lies behind a mapping.
 *
 * @param file what is mapped, or null for anonymous memory
 * @param base of the mapping's first byte: physical address of device memory, or offset in a file
 * @param operations what a driver does when the mapping changes
 */
public record Content(Backing file, long base, Set<VmaFlag> flags, VmaOperations operations) {
    /** Memory of its own, zero until it is written. */
    public static final Content ANONYMOUS = new Content(null, 0, Set.of());

    public Content {
        EnumSet<VmaFlag> all = EnumSet.noneOf(VmaFlag.class);
        all.addAll(flags);
        flags = Collections.unmodifiableSet(all);
    }

    /** Of no driver that wants to know of changes. */
    public Content(Backing file, long base, Set<VmaFlag> flags) {
        this(file, base, flags, VmaOperations.NONE);
    }

    /** Memory of a device, at this physical address. */
    public static Content device(Backing file, long physical, Set<VmaFlag> flags) {
        return new Content(file, physical, flags);
    }

    /** The same, whose driver is told of changes of the mapping. */
    Content with(VmaOperations driver) {
        return new Content(file, base, flags, driver);
    }

    /** A file from its beginning; {@link VmaFlag#SHARED}, or with a copy of each page written. */
    public static Content file(RegularFile file, Set<VmaFlag> flags) {
        return new Content(file, 0, flags);
    }

    boolean has(VmaFlag flag) {
        return flags.contains(flag);
    }

    /** The same from a later byte on. */
    Content from(long bytes) {
        return file == null ? this : new Content(file, base + bytes, flags, operations);
    }

    Content with(VmaFlag flag, boolean on) {
        EnumSet<VmaFlag> changed = EnumSet.noneOf(VmaFlag.class);
        changed.addAll(flags);
        if (on) {
            changed.add(flag);
        } else {
            changed.remove(flag);
        }
        return new Content(file, base, changed, operations);
    }
}
