package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.PASID;

import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** The literal words of the reference (amdvi.md, 8), written and read in memory. */
class WorkedExamplesTest {
    private static final long ADDRESS = 0x7F3A_5C6D_7E80L;

    private final AmdViUnderTest unit = new AmdViUnderTest().on();

    private void guestTables() {
        unit.store(0x0001074540, 0x6190000000000003L);
        unit.store(0x0001074548, 0x0000000102400051L);
        unit.store(0x0001200140, 0x0000000001201001L);
        unit.store(0x0001201918, 0x0000000001210001L);
        unit.store(0x00012107f0, 0x0000000001211027L);
        unit.store(0x0001211748, 0x0000000001212027L);
        unit.store(0x0001212718, 0x0000000001213027L);
        unit.store(0x00012136b8, 0x0000000234567067L);
    }

    @Test
    void shouldTranslateByGuestTables() {
        guestTables();

        unit.assertTranslated(0x234567E80L, unit.read(PASID, ADDRESS));
        unit.assertTranslated(0x234567E80L, unit.write(PASID, ADDRESS));
        assertEquals(0x51, unit.unit.explain(DEVICE, PASID, ADDRESS, Access.READ).tag());
        assertEquals(0x1210000, unit.unit.rootOf(DEVICE, PASID));
    }

    @Test
    void shouldTranslateByHostTablesWithAPageOfCodedSize() {
        unit.store(0x0001074540, 0x6000000001220803L);
        unit.store(0x0001074548, 0x52);
        unit.store(0x0001220000, 0x6000000001223601L);
        unit.store(0x0001223e00, 0x6000000001221401L);
        unit.store(0x0001221488, 0x6000000001222201L);
        for (long slot = 0x1222a00; slot <= 0x1222a78; slot += 8) {
            unit.store(slot, 0x600000007a347e01L);
        }

        unit.assertTranslated(0x7a345678L, unit.read(NO_PASID, 0x7012345678L));
        long walks = unit.bench.counter("walk.count");
        unit.assertTranslated(0x7a34fff8L, unit.read(NO_PASID, 0x701234fff8L));
        assertEquals(walks, unit.bench.counter("walk.count"), "one entry for 64 KiB");
    }

    @Test
    void shouldTranslateByHostTablesThatSkipALevel() {
        unit.store(0x0001074540, 0x6000000001230603L);
        unit.store(0x0001230000, 0x6000000001231201L);
        unit.store(0x0001231918, 0x600000007a345001L);

        unit.assertTranslated(0x7a345678L, unit.read(NO_PASID, 0x123678));
        assertEquals(2, unit.read(NO_PASID, 0x323678).code());
        unit.assertTranslated(0x7a345678L, unit.read(NO_PASID, 0x123678));
    }

    @Test
    void shouldCarryOutTheCommandsAsTheyAreWritten() {
        guestTables();
        unit.command(0x1000000002000041L, 0xcafe);
        assertEquals(0xcafe, unit.load(0x2000040));
        unit.store(0x2000040, 0);
        unit.command(0x1000000000000002L, 0);
        assertTrue(unit.status(StatusBit.COM_WAIT_INT));

        long[][] others = {
            {0x2000000000003a2aL, 0},
            {0x3000005100005123L, 0x00007f3a5c6d7004L},
            {0x3000005100005123L, 0x7ffffffffffff007L},
            {0x3000005100005123L, 0x00007f3a5c6ff005L},
            {0x8000000000000000L, 0},
        };
        for (long[] command : others) {
            unit.command(command[0], command[1]);
        }
        assertEquals(7, unit.bench.executed.size());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldSendTheInvalidateRequestOfTheCommand() {
        unit.command(0x40233a2a20513a2aL, 0x00007f3a5c6d7004L);

        var request = (Tlp.InvalidateRequest) unit.bench.sent.get(0);
        assertEquals(DEVICE, request.destinationId());
        assertEquals(PASID, request.pasid().pasid());
        assertEquals(0x7f3a5c6d7000L, request.address());
        assertFalse(request.sized());
        assertFalse(request.global());
    }

    @Test
    void shouldSendTheAnswersOfTheCommands() {
        unit.command(0x7000512300003a2aL, 0x000000a500000004L);
        unit.command(0x7000512300003a2aL, 0x000010a500000004L);
        unit.command(0x7000512300003a2aL, 0x0000f0a500000004L);

        int[] codes =
                unit.bench.sent.stream()
                        .mapToInt(t -> ((Tlp.PageGroupResponse) t).code())
                        .toArray();
        assertEquals(0, codes[0]);
        assertEquals(1, codes[1]);
        assertEquals(0xF, codes[2]);
        var first = (Tlp.PageGroupResponse) unit.bench.sent.get(0);
        assertEquals(0xA5, first.prgIndex());
        assertEquals(PASID, first.pasid().pasid());
    }

    @Test
    void shouldRecordAWriteToAReadOnlyPage() {
        guestTables();
        unit.store(0x00012136b8, 0x0000000234567065L);

        unit.write(PASID, ADDRESS);

        unit.assertOneEvent(0x2075512300003a2aL, 0x7f3a5c6d7e80L);
    }

    @Test
    void shouldRecordAReadOfAnAbsentPageOfADomain() {
        unit.store(0x0001074540, 0x6000000001220803L);
        unit.store(0x0001074548, 0x52);

        unit.read(NO_PASID, 0x7012345678L);

        unit.assertOneEvent(0x2000005200003a2aL, 0x7012345678L);
    }

    @Test
    void shouldRecordAWriteThroughAnIllegalDeviceTableEntry() {
        unit.store(0x0001074540, 0x6000000000000007L);

        unit.write(NO_PASID, ADDRESS);

        unit.assertOneEvent(0x10a0000000003a2aL, 0x7f3a5c6d7e80L);
    }

    @Test
    void shouldRecordAnIllegalCommand() {
        long address = unit.command(0xF000000000000000L, 0);

        unit.assertOneEvent(0x5000000000000000L, address);
    }

    @Test
    void shouldLogAPageRequest() {
        guestTables();
        unit.unit.receive(
                new Tlp.PageRequest(
                        DEVICE, 0x7f3a5c6d7000L, 0xA5, true, true, true, new PasidPrefix(PASID)),
                0);
        unit.bench.settle();

        assertEquals(0x116402a551233a2aL, unit.load(AmdViUnderTest.PAGE_REQUESTS));
        assertEquals(0x7f3a5c6d7000L, unit.load(AmdViUnderTest.PAGE_REQUESTS + 8));
    }
}
