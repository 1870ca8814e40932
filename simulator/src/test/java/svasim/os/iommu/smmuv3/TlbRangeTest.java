package svasim.os.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import svasim.iommu.smmuv3.Command;

/** Ranges cut into commands. */
class TlbRangeTest {
    private static final long PAGE = 4096;
    private static final int ASID = 0x51;

    private static long pages(Command command) {
        long number = (command.word0() >>> 12 & 0x1F) + 1;
        return number << (command.word0() >>> 20 & 0x1F);
    }

    /** The commands follow each other without a gap, and end at or one page behind the end. */
    @Property
    void shouldCoverRangeByRangesThatFollowEachOther(
            @ForAll @LongRange(min = 0, max = 1 << 20) long first,
            @ForAll @LongRange(min = 1, max = 1 << 20) long count) {
        long at = first * PAGE;
        for (Command command : TlbRange.of(ASID, at, (first + count) * PAGE, true)) {
            assertEquals(at, command.word1() & -PAGE);
            assertTrue(pages(command) > 1 || (command.word0() >>> 12 & 0x1FFF) != 0);
            at += pages(command) * PAGE;
        }
        long over = at / PAGE - (first + count);
        assertTrue(over == 0 || over == 1 && (count & 31) == 1);
    }

    @Test
    void shouldNamePagesOneByOneWithoutRanges() {
        List<Command> commands = TlbRange.of(ASID, 5 * PAGE, 8 * PAGE, false);

        assertEquals(3, commands.size());
        assertEquals(7 * PAGE, commands.get(2).word1());
    }

    @Test
    void shouldNameWholeAsidFrom512PagesOnWithoutRanges() {
        assertEquals(511, TlbRange.of(ASID, 0, 511 * PAGE, false).size());
        assertEquals(List.of(Command.tlbOfAsid(ASID)), TlbRange.of(ASID, 0, 512 * PAGE, false));
    }

    @Test
    void shouldNameWholeAsidForEverything() {
        assertEquals(List.of(Command.tlbOfAsid(ASID)), TlbRange.of(ASID, 0, -1, true));
    }

    @Test
    void shouldNamePagesOneByOneHoweverManyWithDefect() {
        assertEquals(512, TlbRange.single(ASID, 0, 512 * PAGE).size());
        assertEquals(List.of(Command.tlbOfAsid(ASID)), TlbRange.single(ASID, 0, -1));
    }
}
