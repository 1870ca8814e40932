package svasim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The page table of a device, which its driver fills and empties. */
class DeviceTableTest {
    private static final long PAGE = DeviceTable.PAGE;
    private static final long TARGET = 0x10_0000;
    private static final int PAGES = 8;

    private final DeviceTable<String> table = new DeviceTable<>();

    @Test
    void shouldKeepTheOffsetWithinThePage() {
        table.set(5 * PAGE, TARGET | DeviceTable.VALID);

        assertEquals(TARGET + 0x123, table.translate("read", 5 * PAGE + 0x123, false));
    }

    @Test
    void shouldPermitWritesOnlyWhereTheEntrySaysSo() {
        table.set(0, TARGET | DeviceTable.VALID);
        assertEquals(DeviceTable.ABSENT, table.translate("write", 0, true));

        table.set(0, TARGET | DeviceTable.VALID | DeviceTable.WRITABLE);
        assertEquals(TARGET, table.translate("write", 0, true));
    }

    @Test
    void shouldBeInUseUntilTheLastAccessFromBeforeTheRemovalIsOver() {
        table.set(0, TARGET | DeviceTable.VALID);
        table.translate("one", 0, false);
        table.translate("two", 0, false);
        table.remove(0, PAGE);

        table.over("one");
        assertTrue(table.isUsedStill());
        table.over("two");
        assertFalse(table.isUsedStill());
    }

    @Test
    void shouldNotCountAnAccessThatFoundNothing() {
        table.translate("one", 0, false);
        table.remove(0, PAGE);

        assertFalse(table.isUsedStill());
    }

    @Test
    void shouldForgetEverythingAtReset() {
        table.set(0, TARGET | DeviceTable.VALID);
        table.translate("one", 0, false);
        table.remove(0, PAGE);
        table.set(0, TARGET | DeviceTable.VALID);
        table.reset();

        assertFalse(table.isUsedStill());
        assertFalse(table.permits(0, false));
    }

    @Property(tries = 300)
    void shouldTranslateWhatWasSetLastAndNotRemoved(
            @ForAll @Size(min = 1, max = 30)
                    List<@IntRange(max = 3 * PAGES * PAGES - 1) Integer> changes) {
        table.reset();
        Map<Long, Long> model = new HashMap<>();
        for (int change : changes) {
            long start = change % PAGES * PAGE;
            long count = change / PAGES % PAGES;
            if (change / PAGES / PAGES == 0) {
                table.remove(start, start + count * PAGE);
                for (long page = start; page < start + count * PAGE; page += PAGE) {
                    model.remove(page);
                }
            } else {
                long entry = TARGET + count * PAGE | DeviceTable.VALID;
                table.set(start, entry);
                model.put(start, entry);
            }
        }

        for (long page = 0; page < PAGES * PAGE; page += PAGE) {
            Long entry = model.get(page);
            long expected = entry == null ? DeviceTable.ABSENT : entry & -PAGE;
            assertEquals(expected, table.translate("a", page, false));
        }
    }
}
