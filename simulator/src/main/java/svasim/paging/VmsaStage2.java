package svasim.paging;

import java.util.Set;

/** Stage 2 of VMSAv8-64 (reference smmuv3.md, 4 and 5). */
public final class VmsaStage2 extends VmsaStage {
    /** What a stream table entry or a capability adds. */
    public enum Option {
        /** Hardware sets the access flag of leaves: S2HA. */
        HARDWARE_ACCESS,
        /** Hardware sets the access flag of table descriptors too: S2HAFT. Needs S2HA. */
        HARDWARE_TABLE_ACCESS,
        /** Hardware makes pages with DBM writable on the first write: S2HD. Needs S2HA. */
        HARDWARE_DIRTY,
        /** A clear access flag does not fault: S2AFFD. */
        ACCESS_FLAG_IGNORED,
        /** XN has two bits, one for each privilege: IDR3.XNX. */
        EXECUTE_PER_PRIVILEGE,
        /** Descriptors have their most significant byte first: S2ENDI. */
        BIG_ENDIAN,
        /** Tables of stage 1 may not lie in Device memory: S2PTW. */
        PROTECTED_TABLE_WALK,
        /** MemAttr forces the memory type and is coded accordingly: S2FWB. */
        FORCED_WRITE_BACK
    }

    /** At most 16 tables may stand one after the other at the start level. */
    private static final int CONCATENATION_BITS = 4;

    private final boolean executePerPrivilege;
    private final boolean protectedTableWalk;
    private final boolean forcedWriteBack;

    /**
     * @param sizes start level by S2SL0; see {@link #fits}
     * @param root S2TTB; bits below the alignment of the first tables are taken as 0
     */
    public VmsaStage2(VmsaStage2Format format, VmsaSizes sizes, long root, Set<Option> options) {
        super(format, sizes, root, entries(options));
        executePerPrivilege = options.contains(Option.EXECUTE_PER_PRIVILEGE);
        protectedTableWalk = options.contains(Option.PROTECTED_TABLE_WALK);
        forcedWriteBack = options.contains(Option.FORCED_WRITE_BACK);
    }

    private static Entries entries(Set<Option> options) {
        return new Entries(
                options.contains(Option.HARDWARE_ACCESS),
                options.contains(Option.HARDWARE_TABLE_ACCESS),
                options.contains(Option.HARDWARE_DIRTY),
                options.contains(Option.ACCESS_FLAG_IGNORED),
                options.contains(Option.BIG_ENDIAN));
    }

    /**
     * Whether tables of this start level can hold the input size, with up to 16 of them one after
     * the other; other combinations are illegal in a stream table entry (reference, 4.3).
     */
    public static boolean fits(VmsaStage2Format format, int inputBits, int startLevel) {
        if (startLevel < 1 || startLevel > format.topLevel()) {
            return false;
        }
        int index = inputBits - format.shift(startLevel);
        return index >= 1 && index <= format.indexBits() + CONCATENATION_BITS;
    }

    @Override
    WalkFault inputFault(long input, int access) {
        return input >>> inputBits() == 0 ? null : WalkFault.INPUT_RANGE;
    }

    @Override
    int permitted(long entry, boolean leaf) {
        int rights = format().rights(entry, leaf);
        if (!leaf || !executePerPrivilege) {
            return rights;
        }
        boolean never = (entry & VmsaStage2Format.EXECUTE_NEVER) != 0;
        boolean differ = (entry & VmsaStage2Format.EXECUTE_NEVER_0) != 0;
        int data = Rights.unprivileged(rights) & ~Access.EXECUTE;
        int unprivileged = never ? data : data | Access.EXECUTE;
        int privileged = never == differ ? data | Access.EXECUTE : data;
        return Rights.of(unprivileged, privileged);
    }

    @Override
    WalkFault tableFault(long leaf) {
        boolean refused =
                protectedTableWalk && VmsaStage2Format.deviceMemory(leaf, forcedWriteBack);
        return refused ? WalkFault.READ_PERMISSION : null;
    }

    @Override
    long writable(long leaf) {
        return leaf | VmsaStage2Format.WRITE;
    }
}
