package svasim.os.mm;

/**
 * What an entry that is not present says about its page: that it is on the swap device, that it is
 * being moved, or that it is in the memory of a device. Bits 1:0 are clear, so that no format takes
 * the entry for a mapping; type in bits 7:4, number from bit 12 on.
 */
record Note(Type type, long number) {
    private static final int TYPE_SHIFT = 4;
    private static final int TYPE_MASK = 0xF;
    private static final int NUMBER_SHIFT = 12;

    enum Type {
        NONE,
        /** The number is that of a {@link SwapSlot}. */
        SWAP,
        /** The number is that of the frame that is moved. */
        MIGRATION,
        /** The number is that of a {@link DevicePage}. */
        DEVICE
    }

    static Note of(long entry) {
        int type = (int) (entry >>> TYPE_SHIFT) & TYPE_MASK;
        return new Note(Type.values()[type], entry >>> NUMBER_SHIFT);
    }

    static Note swap(SwapSlot slot) {
        return new Note(Type.SWAP, slot.number());
    }

    static Note migration(Page page) {
        return new Note(Type.MIGRATION, page.frame() >>> NUMBER_SHIFT);
    }

    static Note device(DevicePage page) {
        return new Note(Type.DEVICE, page.number());
    }

    long entry() {
        return number << NUMBER_SHIFT | (long) type.ordinal() << TYPE_SHIFT;
    }

    /** Physical address of the frame that is moved. */
    long frame() {
        return number << NUMBER_SHIFT;
    }
}
