package svasim.os.mm;

/** Looks at the contents of an address space without touching it. */
final class Contents {
    private final Mm mm;

    private Contents(Mm mm) {
        this.mm = mm;
    }

    static byte[] read(Mm mm, long va, int length) {
        Contents contents = new Contents(mm);
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            long at = va + done;
            int inPage = (int) (at & PageTables.PAGE - 1);
            int piece = (int) Math.min(length - done, PageTables.PAGE - inPage);
            System.arraycopy(contents.page(at & -PageTables.PAGE), inPage, bytes, done, piece);
            done += piece;
        }
        return bytes;
    }

    private byte[] page(long va) {
        long physical = mm.tables().physical(va);
        if (physical != PageTables.ABSENT) {
            byte[] bytes = new byte[(int) PageTables.PAGE];
            mm.platform().memory().read(physical, bytes, 0, bytes.length);
            return bytes;
        }
        Note note = mm.tables().noteAt(va);
        return switch (note.type()) {
            case SWAP -> swapped(mm.memory().swap().get(note.number()));
            case MIGRATION -> of(mm.memory().pages().at(note.frame()));
            case DEVICE -> inDevice(mm.memory().devicePages().at(note.number()));
            case NONE -> notMapped(va);
        };
    }

    private byte[] swapped(SwapSlot slot) {
        return slot.page() == null || slot.isReading() ? slot.contents() : of(slot.page());
    }

    private static byte[] inDevice(DevicePage page) {
        return page.memory().contents(page);
    }

    private byte[] notMapped(long va) {
        Vma vma = mm.vmas().at(va);
        RegularFile file = vma == null ? null : vma.regularFile();
        if (file == null) {
            return new byte[(int) PageTables.PAGE];
        }
        Page cached = file.cached(vma.behind(va));
        byte[] stored = file.stored(vma.behind(va));
        return cached != null
                ? of(cached)
                : stored != null ? stored : new byte[(int) PageTables.PAGE];
    }

    private byte[] of(Page page) {
        return mm.memory().pages().contents(page);
    }
}
