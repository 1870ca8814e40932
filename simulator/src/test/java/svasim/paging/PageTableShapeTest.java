package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.layout.Layouts.assertReads;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import svasim.layout.AddressTables;
import svasim.layout.Pointer;
import svasim.layout.WordLayout;

/** The description of page tables says what walks read. */
class PageTableShapeTest {
    private static final long TABLE = 0x1_2345_6000L;

    private static final List<StageFormat> FORMATS =
            List.of(
                    X86Format.INSTANCE,
                    VtdSecondFormat.INSTANCE,
                    AmdHostFormat.INSTANCE,
                    new VmsaStage1Format(Granule.KIB_4, false),
                    new VmsaStage2Format(Granule.KIB_4, false));

    @Property(tries = 500)
    void shouldShowTheAddressThatAWalkReads(
            @ForAll @IntRange(max = 4) int format,
            @ForAll @IntRange(min = 1, max = 4) int level,
            @ForAll boolean leaf,
            @ForAll @IntRange(min = 1, max = 0xFFFF) int number) {
        StageFormat pages = FORMATS.get(format);
        boolean page = (leaf || level == 1) && pages.mayBeLeaf(level);
        if (!page && level == 1) {
            return;
        }
        long address = (long) number << (page ? pages.shift(level) : 12) & (1L << 47) - 1;
        long entry =
                page
                        ? pages.leafEntry(address, level, Access.READ | Access.WRITE)
                        : pages.tableEntry(address, level - 1);
        WordLayout layout = pages.layout(level, page);

        long shown = layout.field("address").of(entry) << layout.field("address").low();

        assertEquals(pages.address(entry, level), shown);
    }

    @Property(tries = 200)
    void shouldShowX86BitsWhereTheFormatHasThem(@ForAll long entry) {
        WordLayout page = X86Format.INSTANCE.layout(1, true);

        assertReads(page, "P", entry, X86Format.INSTANCE.present(entry, 1));
        assertReads(page, "R/W", entry, (entry & X86Format.READ_WRITE) != 0);
        assertReads(page, "U/S", entry, (entry & X86Format.USER) != 0);
        assertReads(page, "A", entry, (entry & X86Format.ACCESSED) != 0);
        assertReads(page, "D", entry, (entry & X86Format.DIRTY) != 0);
        assertReads(page, "EA", entry, (entry & X86Format.EXTENDED_ACCESSED) != 0);
        assertReads(page, "XD", entry, (entry & X86Format.EXECUTE_DISABLE) != 0);
    }

    @Property(tries = 200)
    void shouldShowVmsaBitsWhereTheFormatHasThem(@ForAll long entry) {
        WordLayout first = new VmsaStage1Format(Granule.KIB_4, false).layout(1, true);
        WordLayout second = new VmsaStage2Format(Granule.KIB_4, false).layout(1, true);

        assertReads(first, "V", entry, (entry & VmsaFormat.VALID) != 0);
        assertReads(first, "AF", entry, (entry & VmsaFormat.ACCESS_FLAG) != 0);
        assertReads(first, "DBM", entry, (entry & VmsaFormat.DIRTY_MODIFIER) != 0);
        assertReads(first, "AP[1]", entry, (entry & VmsaStage1Format.UNPRIVILEGED) != 0);
        assertReads(first, "AP[2]", entry, (entry & VmsaStage1Format.READ_ONLY) != 0);
        assertReads(second, "S2AP[0]", entry, (entry & VmsaStage2Format.READ) != 0);
        assertReads(second, "S2AP[1]", entry, (entry & VmsaStage2Format.WRITE) != 0);
    }

    @Property(tries = 200)
    void shouldShowVtdAndAmdBitsWhereTheFormatsHaveThem(@ForAll long entry) {
        WordLayout vtd = VtdSecondFormat.INSTANCE.layout(1, true);
        WordLayout amd = AmdHostFormat.INSTANCE.layout(1, true);

        assertReads(vtd, "R", entry, (entry & VtdSecondFormat.READ) != 0);
        assertReads(vtd, "W", entry, (entry & VtdSecondFormat.WRITE) != 0);
        assertReads(vtd, "A", entry, (entry & VtdSecondFormat.ACCESSED) != 0);
        assertReads(vtd, "D", entry, (entry & VtdSecondFormat.DIRTY) != 0);
        assertReads(vtd, "SNP", entry, (entry & VtdSecondFormat.SNOOP) != 0);
        assertReads(amd, "PR", entry, AmdHostFormat.INSTANCE.present(entry, 1));
        assertReads(amd, "NextLevel", entry, AmdHostFormat.INSTANCE.nextLevel(entry, 1));
        assertReads(amd, "IR", entry, (entry & AmdHostFormat.READ) != 0);
        assertReads(amd, "IW", entry, (entry & AmdHostFormat.WRITE) != 0);
    }

    @Test
    void shouldNameRowsByTheAddressesThatTheyMap() {
        PageTableShape top = new PageTableShape(X86Format.INSTANCE, 4, 0, 512);
        Pointer below =
                top.pointers(255, new long[] {X86Format.INSTANCE.tableEntry(TABLE, 3)}).get(0);

        assertEquals("0x7f8000000000", top.row(255));
        assertEquals(TABLE, below.address());
        assertEquals("0x7fffc0000000", below.to().row(511));
        assertEquals("page table of PDPTEs", below.to().title());
    }

    @Test
    void shouldLeadNowhereFromAPage() {
        PageTableShape table = new PageTableShape(X86Format.INSTANCE, 2, 0, 512);
        long page = X86Format.INSTANCE.leafEntry(1 << 21, 2, Access.READ);

        assertEquals(List.of(), table.pointers(0, new long[] {page}));
        assertEquals("maps a large page", table.words(new long[] {page}).get(0).field("PS").says());
        assertEquals(List.of(), table.pointers(0, new long[] {0}));
    }

    @Property(tries = 300)
    void shouldTranslateByTheTablesAsTheyAre(
            @ForAll @IntRange(max = 4) int format,
            @ForAll @IntRange(min = 1, max = 3) int leafLevel,
            @ForAll @LongRange(max = (1L << 47) - 1) long input) {
        StageFormat pages = FORMATS.get(format);
        Map<Long, Long> memory = new HashMap<>();
        long page = 5L << pages.shift(leafLevel);
        for (int level = 4; level >= leafLevel; level--) {
            long index = input >>> pages.shift(level) & (1L << pages.indexBits()) - 1;
            memory.put(
                    TABLE + level * 0x1000L + index * Long.BYTES,
                    level == leafLevel
                            ? pages.leafEntry(page, level, Access.READ | Access.WRITE)
                            : pages.tableEntry(TABLE + (level - 1) * 0x1000L, level - 1));
        }
        AddressTables tables =
                new PageTableShape(pages, 4, 0, 1 << pages.indexBits())
                        .translating(TABLE + 4 * 0x1000L);
        long size = 1L << pages.shift(leafLevel);

        assertEquals(
                page + (input & size - 1),
                tables.translate(input, at -> memory.getOrDefault(at, 0L)));
        assertEquals(
                Pointer.NOWHERE, tables.translate(input ^ size, at -> memory.getOrDefault(at, 0L)));
    }
}
