package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;

/** STE.S2PTW: contexts and tables of stage 1 that stage 2 maps as Device memory. */
class TablesInDeviceMemoryTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long MEMORY_TYPE = 0xFL << 2;
    private static final long DEVICE_GRE = 3L << 2;
    private static final long FORCED_WRITE_BACK = 6L << 2;
    private static final long IPA = 0x5000_0000L;

    private final SmmuUnderTest unit = new SmmuUnderTest(Map.of("IDR3.FWB", 1L));
    private final Stage first = SmmuUnderTest.stage1(unit.newTable());
    private final Stage second = SmmuUnderTest.stage2(unit.newTable());
    private TableWords entry;

    @BeforeEach
    void setUp() {
        unit.map(first, VA, IPA, READ_WRITE);
        for (long table = first.root(); table < first.root() + 0x10000; table += 0x1000) {
            unit.map(second, table, table, READ_WRITE);
        }
        unit.map(second, CONTEXTS, CONTEXTS, READ_WRITE);
        unit.map(second, IPA, PA, READ_WRITE);
        entry = TableWords.nested(CONTEXTS, 6, second.root()).bit(2, 54, true);
        unit.stream(STREAM, entry);
        unit.context(CONTEXTS, PASID, TableWords.context(first.root(), ASID));
        unit.enabled();
    }

    private void type(long ipa, long memoryType) {
        long leaf = unit.leafAddress(second, ipa);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~MEMORY_TYPE | memoryType);
    }

    private void assertRefused(int faultClass, long ipa) {
        assertEquals(Event.F_PERMISSION.code(), unit.read(VA).code());
        assertEquals(faultClass, (int) (unit.eventWord(0, 1) >>> 40 & 3));
        assertEquals(1, unit.eventWord(0, 1) >>> 39 & 1, "S2");
        assertEquals(ipa, unit.eventWord(0, 3));
    }

    @Test
    void shouldRefuseContexts() {
        type(CONTEXTS, DEVICE_GRE);

        assertRefused(Fault.CLASS_CD, CONTEXTS);
    }

    @Test
    void shouldRefuseTables() {
        type(first.root(), 0);

        assertRefused(Fault.CLASS_TABLE, first.root());
        assertEquals(1, unit.eventWord(0, 1) >>> 44 & 1, "TTRnW");
    }

    @Test
    void shouldLetDataBeWhereverItIs() {
        type(IPA, DEVICE_GRE);

        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldNotRefuseTablesWithoutProtection() {
        unit.stream(STREAM, entry.bit(2, 54, false));
        type(CONTEXTS, DEVICE_GRE);
        type(first.root(), 0);

        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldReadForcedTypesWhereTheEntrySaysSo() {
        unit.stream(STREAM, entry.bit(1, 25, true));
        for (long table = first.root(); table < first.root() + 0x10000; table += 0x1000) {
            type(table, FORCED_WRITE_BACK);
        }
        type(CONTEXTS, FORCED_WRITE_BACK);
        assertEquals(PA, unit.read(VA).address());

        type(CONTEXTS, 8L << 2);
        unit.command(Opcode.CFGI_CD_ALL.code() | (long) STREAM << 32, 0);
        unit.command(Opcode.TLBI_NSNH_ALL.code(), 0);

        assertRefused(Fault.CLASS_CD, CONTEXTS);
    }

    @Test
    void shouldGrantNothingToTranslationRequests() {
        type(first.root(), 0);

        var completion = unit.translationRequest(PASID, VA, READ_WRITE);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(0, SmmuUnderTest.entry(completion));
        assertEquals(0, unit.events());
    }
}
