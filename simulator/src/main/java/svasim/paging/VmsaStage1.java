package svasim.paging;

import java.util.Set;

/**
 * Stage 1 of VMSAv8-64 for one half of the input addresses (reference smmuv3.md, 4 and 5). Whoever
 * selects the half by bit 55 makes one stage for each.
 */
public final class VmsaStage1 extends VmsaStage {
    /** What a context descriptor or a control register adds. */
    public enum Option {
        /** The half of TTB1: the bits above the region are ones. */
        UPPER_HALF,
        /** Nothing is walked, every input faults: EPD0, EPD1. */
        WALKS_DISABLED,
        /** Bits 63:56 of the input do not count: TBI0, TBI1. */
        TOP_BYTE_IGNORED,
        /** Unprivileged inputs fault as if nothing was mapped: E0PD0, E0PD1. */
        UNPRIVILEGED_DISABLED,
        /** Permission limits in table descriptors are ignored: HAD0, HAD1. */
        HIERARCHY_DISABLED,
        /** There is only one privilege, as in the EL2 stream world without E2H. */
        ONE_PRIVILEGE,
        /** Privileged data access to unprivileged pages is refused: PAN. */
        PRIVILEGED_ACCESS_NEVER,
        /** PAN looks at what unprivileged code may execute too: EPAN. */
        ENHANCED_PAN,
        /** What is writable is not executable: WXN. */
        WRITABLE_EXECUTE_NEVER,
        /** Hardware sets the access flag of leaves: HA. */
        HARDWARE_ACCESS,
        /** Hardware sets the access flag of table descriptors too: HAFT. Needs HA. */
        HARDWARE_TABLE_ACCESS,
        /** Hardware makes pages with DBM writable on the first write: HD. Needs HA. */
        HARDWARE_DIRTY,
        /** A clear access flag does not fault: AFFD. */
        ACCESS_FLAG_IGNORED,
        /** Descriptors have their most significant byte first: ENDI. */
        BIG_ENDIAN
    }

    private static final int BYTE_BITS = 8;

    private final long above;
    private final boolean walksDisabled;
    private final boolean topByteIgnored;
    private final boolean unprivilegedDisabled;
    private final boolean hierarchyDisabled;
    private final boolean onePrivilege;
    private final boolean accessNever;
    private final int neverWith;
    private final boolean writableExecuteNever;

    /**
     * @param sizes see {@link VmsaSizes#ofStage1}
     * @param root TTB0 or TTB1; bits below the alignment of the first table are taken as 0
     */
    public VmsaStage1(VmsaStage1Format format, VmsaSizes sizes, long root, Set<Option> options) {
        super(format, sizes, root, entries(options));
        above = options.contains(Option.UPPER_HALF) ? -1L : 0L;
        walksDisabled = options.contains(Option.WALKS_DISABLED);
        topByteIgnored = options.contains(Option.TOP_BYTE_IGNORED);
        unprivilegedDisabled = options.contains(Option.UNPRIVILEGED_DISABLED);
        hierarchyDisabled = options.contains(Option.HIERARCHY_DISABLED);
        onePrivilege = options.contains(Option.ONE_PRIVILEGE);
        accessNever = options.contains(Option.PRIVILEGED_ACCESS_NEVER);
        neverWith =
                options.contains(Option.ENHANCED_PAN) ? Access.READ | Access.EXECUTE : Access.READ;
        writableExecuteNever = options.contains(Option.WRITABLE_EXECUTE_NEVER);
    }

    private static Entries entries(Set<Option> options) {
        return new Entries(
                options.contains(Option.HARDWARE_ACCESS),
                options.contains(Option.HARDWARE_TABLE_ACCESS),
                options.contains(Option.HARDWARE_DIRTY),
                options.contains(Option.ACCESS_FLAG_IGNORED),
                options.contains(Option.BIG_ENDIAN));
    }

    @Override
    WalkFault inputFault(long input, int access) {
        boolean refused =
                walksDisabled || unprivilegedDisabled && (access & Access.PRIVILEGED) == 0;
        long counted = topByteIgnored ? input << BYTE_BITS >> BYTE_BITS : input;
        return refused || counted >> inputBits() != above ? WalkFault.INPUT_RANGE : null;
    }

    @Override
    int permitted(long entry, boolean leaf) {
        if (!leaf && hierarchyDisabled) {
            return Rights.ALL;
        }
        int rights = format().rights(entry, leaf);
        if (!onePrivilege) {
            return rights;
        }
        int execute = Rights.unprivileged(rights) & Access.EXECUTE;
        return Rights.both(Rights.privileged(rights) & ~Access.EXECUTE | execute);
    }

    @Override
    int combined(int rights) {
        int unprivileged = Rights.unprivileged(rights);
        int privileged = Rights.privileged(rights);
        if (!onePrivilege && (unprivileged & Access.WRITE) != 0) {
            privileged &= ~Access.EXECUTE;
        }
        if (writableExecuteNever) {
            unprivileged = withoutExecuteIfWritable(unprivileged);
            privileged = withoutExecuteIfWritable(privileged);
        }
        if (accessNever && !onePrivilege && (unprivileged & neverWith) != 0) {
            privileged &= Access.EXECUTE;
        }
        return Rights.of(unprivileged, privileged);
    }

    private static int withoutExecuteIfWritable(int kinds) {
        return (kinds & Access.WRITE) != 0 ? kinds & ~Access.EXECUTE : kinds;
    }

    @Override
    long writable(long leaf) {
        return leaf & ~VmsaStage1Format.READ_ONLY;
    }
}
