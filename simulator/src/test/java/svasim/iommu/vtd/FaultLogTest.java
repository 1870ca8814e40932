package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;

/** The advanced fault log: CAP.AFL, AFLOG, SFL, EAFL (reference vtd.md, 1.1, 1.3 and 1.6). */
class FaultLogTest {
    private static final int AFLOG = 0x58;
    private static final long LOG = 0x400_0000;
    private static final int ENTRIES = 256;
    private static final long SFL = 1L << 29;
    private static final long EAFL = 1L << 28;
    private static final long ON = VtdUnderTest.QIE | VtdUnderTest.TE | EAFL;
    private static final int AFO = 1 << 2;
    private static final int APF = 1 << 3;
    private static final long FAULT = 1L << 63;

    private final VtdUnderTest unit = new VtdUnderTest(Map.of("CAP.AFL", 1L)).started();

    @BeforeEach
    void switchOn() {
        unit.write64(AFLOG, LOG);
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE | VtdUnderTest.TE | SFL);
        unit.write32(VtdUnderTest.GCMD, ON);
    }

    private void fault(long address) {
        unit.bench.access(VtdUnderTest.DEVICE, 0x23, address, Access.READ);
    }

    private int status() {
        return (int) unit.read32(VtdUnderTest.FSTS);
    }

    @Test
    void shouldTellThatTheLogIsLatchedAndOn() {
        assertEquals(SFL | EAFL, unit.read32(VtdUnderTest.GSTS) & (SFL | EAFL));
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE | VtdUnderTest.TE);
        assertEquals(SFL, unit.read32(VtdUnderTest.GSTS) & (SFL | EAFL));
    }

    @Test
    void shouldWriteRecordsToMemoryInsteadOfRegisters() {
        fault(0x1234_5678);
        fault(0x2000);

        assertEquals(0x1234_5000, unit.peek(LOG));
        assertEquals(0xC000_2359_8000_3A2AL, unit.peek(LOG + 8));
        assertEquals(0x2000, unit.peek(LOG + 16));
        assertEquals(0, unit.read64(VtdUnderTest.FRCD + 8));
        assertEquals(APF, status());
    }

    @Test
    void shouldLoseFaultsOnceTheLogIsFullUntilAfoIsCleared() {
        for (int i = 0; i <= ENTRIES; i++) {
            fault(0x1000L * i);
        }
        assertEquals(AFO | APF, status());

        unit.poke(LOG + 8, unit.peek(LOG + 8) & ~FAULT);
        fault(0x7000);
        assertEquals(0, unit.peek(LOG), "AFO is still set");
        unit.write32(VtdUnderTest.FSTS, AFO | APF);
        assertEquals(0, status());
        fault(0x8000);

        assertEquals(0x8000, unit.peek(LOG));
        assertEquals(APF, status());
    }

    @Test
    void shouldRaiseOneEventUntilSoftwareHasClearedIt() {
        unit.write32(0x40, 0xFEE0_1000L);
        unit.write32(VtdUnderTest.FECTL, 0);
        fault(0x1000);
        fault(0x2000);
        assertEquals(List.of(new UnitBench.Message(0xFEE0_1000L, 0)), unit.bench.messages);

        unit.write32(VtdUnderTest.FSTS, APF);
        fault(0x3000);
        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldBeginAnewWhenTheLogIsSetOrTranslationIsSwitchedOff() {
        fault(0x1000);
        unit.write64(AFLOG, LOG + 0x1000 | 1 << 9);
        fault(0x2000);
        assertEquals(0x2000, unit.peek(LOG + 16), "the register alone changes nothing");

        unit.write32(VtdUnderTest.GCMD, ON | SFL);
        fault(0x3000);
        assertEquals(0x3000, unit.peek(LOG + 0x1000));
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE | EAFL);
        unit.write32(VtdUnderTest.GCMD, ON);
        unit.poke(LOG + 0x1008, 0);
        fault(0x4000);
        assertEquals(0x4000, unit.peek(LOG + 0x1000));
    }

    @Test
    void shouldHaveNoLogWithoutTheCapability() {
        var plain = new VtdUnderTest().started();
        plain.write64(AFLOG, LOG);
        plain.write32(VtdUnderTest.GCMD, ON | SFL);
        plain.bench.access(VtdUnderTest.DEVICE, 0x23, 0x1000, Access.READ);

        assertEquals(0, plain.read64(AFLOG));
        assertEquals(0, plain.read32(VtdUnderTest.GSTS) & (SFL | EAFL));
        assertEquals(0x59, plain.read64(VtdUnderTest.FRCD + 8) >>> 32 & 0xFF);
    }
}
