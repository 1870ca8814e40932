package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM_TABLE;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Stage;

/**
 * A live stream entry is changed word by word, as a driver does that wants no gap: words that the
 * present configuration does not use, then the word that selects, then the rest.
 */
class LiveUpdateTest {
    private static final long ADDRESS = 0x12_3456_7000L;
    private static final long BY_STAGE_1 = 0x1111_1000L;
    private static final long BY_STAGE_2 = 0x2222_2000L;
    private static final long ENTRY = STREAM_TABLE + 64L * STREAM;

    private final SmmuUnderTest unit = new SmmuUnderTest();
    private TableWords stage1;
    private TableWords stage2;

    @BeforeEach
    void setUp() {
        Stage first = SmmuUnderTest.stage1(unit.newTable());
        Stage second = SmmuUnderTest.stage2(unit.newTable());
        unit.map(first, ADDRESS, BY_STAGE_1, Access.READ);
        unit.map(second, ADDRESS, BY_STAGE_2, Access.READ);
        stage1 = TableWords.stage1(CONTEXTS, 0);
        stage2 = TableWords.stage2(second.root()).with(1, 1, 0, 2);
        unit.context(CONTEXTS, 0, TableWords.context(first.root(), ASID));
        unit.enabled();
    }

    private long read() {
        return unit.read(STREAM, NO_PASID, ADDRESS).address();
    }

    private void store(int word, long value) {
        unit.memory.writeLong(ENTRY + 8L * word, value);
    }

    private void change(TableWords from, TableWords to, int... order) {
        unit.stream(STREAM, from);
        Set<Long> allowed = Set.of(BY_STAGE_1, BY_STAGE_2);
        read();
        for (int word : order) {
            store(word, to.words()[word]);
            assertTrue(allowed.contains(read()), "before the invalidation of word " + word);
            unit.command(Opcode.CFGI_STE.code() | (long) STREAM << 32, 1);
            unit.sync();
            assertTrue(allowed.contains(read()), "after the invalidation of word " + word);
        }
    }

    @Test
    void shouldNeverMixWhenStage1BecomesStage2() {
        change(stage1, stage2, 2, 3, 0, 1);

        assertEquals(BY_STAGE_2, read());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldNeverMixWhenStage2BecomesStage1() {
        change(stage2, stage1, 1, 0, 2, 3);

        assertEquals(BY_STAGE_1, read());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldRefuseWhileTheEntryIsNotValid() {
        unit.stream(STREAM, stage1);
        assertEquals(BY_STAGE_1, read());

        store(0, stage1.words()[0] & ~1L);
        assertEquals(BY_STAGE_1, read(), "cached");
        unit.command(Opcode.CFGI_STE.code() | (long) STREAM << 32, 1);

        assertEquals(Event.C_BAD_STE.code(), unit.read(STREAM, NO_PASID, ADDRESS).code());
    }
}
