package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.CONTROL;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SCR0;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Stage;

/** From a stream ID to what becomes of it (reference smmuv2.md 1). */
class StreamMappingTest {
    private static final int EXIDENABLE = 1 << 3;
    private static final int EXIDVALID = 1 << 10;
    private static final int BYPASS = 1 << 16;
    private static final int UNPRIVILEGED = 2 << 24;
    private static final int PRIVILEGED = 3 << 24;
    private static final int OTHER = 0x1234;

    private SmmuV2UnderTest unit = new SmmuV2UnderTest();

    private int faultOf(int stream) {
        return unit.access(stream, VA, Access.READ).code();
    }

    private long outputOf(int stream) {
        return unit.access(stream, VA, Access.READ).address();
    }

    @Test
    void shouldBypassEverythingAfterReset() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(SCR0, 1);

        assertEquals(VA, outputOf(STREAM));
    }

    @Test
    void shouldIgnoreBitsOfTheMask() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(GlobalRegister.SMR, 1 << 31 | 0xFF << 16 | STREAM);

        assertEquals(PA, outputOf(STREAM ^ 0x55));
        assertEquals(Fault.USF.code(), faultOf(STREAM ^ 0x100));
    }

    @Test
    void shouldLetUnmatchedStreamsPassIfSoftwareWantsIt() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(SCR0, CONTROL & ~(1 << 10));

        assertEquals(VA, outputOf(OTHER));
    }

    @Test
    void shouldNotMatchInvalidGroups() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(GlobalRegister.SMR, STREAM);

        assertEquals(Fault.USF.code(), faultOf(STREAM));
    }

    @Test
    void shouldRefuseAStreamThatMatchesTwice() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.stream(3, STREAM, BANK);

        assertEquals(Fault.SMCF.code(), faultOf(STREAM));
    }

    @Test
    void shouldPassStreamsOfTypeBypass() {
        unit.stream(0, STREAM, BYPASS);

        assertEquals(VA, outputOf(STREAM));
    }

    @Test
    void shouldHaveNoSixteenthIdBitWithoutExtension() {
        var plain = new SmmuV2UnderTest(Map.of("ID0.EXIDS", 0L));

        plain.write(GlobalRegister.SMR, -1);

        assertEquals(~0x8000, plain.register(GlobalRegister.SMR));
    }

    @Test
    void shouldMatchAllSixteenBitsWhenExtended() {
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(SCR0, CONTROL | EXIDENABLE);
        unit.write(GlobalRegister.SMR, STREAM | 0x8000);
        unit.write(GlobalRegister.S2CR, EXIDVALID | BANK);

        assertEquals(PA, outputOf(STREAM | 0x8000));
        assertEquals(Fault.USF.code(), faultOf(STREAM));
        unit.write(GlobalRegister.S2CR, BANK);
        assertEquals(Fault.USF.code(), faultOf(STREAM | 0x8000));
    }

    @Test
    void shouldIndexGroupsWithoutMatching() {
        unit = new SmmuV2UnderTest(Map.of("ID0.SMS", 0L));
        unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.write(GlobalRegister.S2CR + 4 * 9, BANK);

        assertEquals(PA, outputOf(9));
        assertEquals(Fault.USF.code(), faultOf(0x80));
        assertEquals(0, unit.register(GlobalRegister.SMR));
    }

    @Test
    void shouldReplaceThePrivilegeOfTheStream() {
        Stage stage = unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.map(stage, VA + 0x1000, PA, Access.READ | Access.PRIVILEGED);

        assertEquals(Fault.PF.code(), unit.read(VA + 0x1000).code());
        unit.stream(0, STREAM, PRIVILEGED | BANK);
        assertTrue(unit.read(VA + 0x1000).translated());
        unit.stream(0, STREAM, UNPRIVILEGED | BANK);
        assertEquals(Fault.PF.code(), unit.read(VA + 0x1000).code());
    }
}
