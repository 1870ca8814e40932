package svasim.pcie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SR-IOV and ARI capabilities, bit by bit. */
class SriovCapabilityTest {
    private final ConfigurationSpace space = new ConfigurationSpace();
    private final SriovCapability sriov = new SriovCapability(space, 64, 8, 2);

    @ParameterizedTest
    @CsvSource({
        "0x3B00, 1, 1, 1, 0x3B01",
        "0x3B00, 1, 1, 8, 0x3B08",
        "0x3B00, 8, 2, 5, 0x3B10",
        "0x3B01, 128, 2, 64, 0x3BFF",
        "0x3B00, 256, 1, 1, 0x3C00",
        "0xFF00, 4, 1, 4, 0xFF07",
        "0xFFFF, 2, 1, 1, 0x0001"
    })
    void shouldCountRoutingIdsFromOffsetByStride(
            String physical, int offset, int stride, int number, String expected) {
        SriovCapability counted = new SriovCapability(new ConfigurationSpace(), 64, offset, stride);

        assertEquals(Integer.decode(expected), counted.routingId(Integer.decode(physical), number));
    }

    @Test
    void shouldShowItsRegistersWhereSoftwareLooks() {
        assertEquals(0x0001_0010, space.read(0x100, 4), "ID 0x10, version 1");
        assertEquals(64, space.read(0x10C, 2), "InitialVFs");
        assertEquals(64, space.read(0x10E, 2), "TotalVFs");
        assertEquals(8, space.read(0x114, 2), "First VF Offset");
        assertEquals(2, space.read(0x116, 2), "VF Stride");
        assertEquals(1, space.read(0x120, 4), "pages of 4 KiB");
    }

    @Test
    void shouldHaveAsManyAsAreEnabled() {
        assertFalse(sriov.isPresent(1));
        sriov.enable(3, true);

        assertTrue(sriov.isPresent(1) && sriov.isPresent(3) && sriov.memorySpace());
        assertFalse(sriov.isPresent(4));
        assertEquals(0x0019, space.read(0x108, 2), "VF Enable, VF MSE, ARI capable hierarchy");
    }

    @Test
    void shouldNeverHaveMoreThanThereCanBe() {
        sriov.enable(1000, false);

        assertTrue(sriov.isPresent(64));
        assertFalse(sriov.isPresent(65));
    }

    @Test
    void shouldKeepTheNumberWhileEnabled() {
        sriov.enable(3, false);
        space.write(0x110, 2, 5);
        assertEquals(3, space.read(0x110, 2));

        space.write(0x108, 2, 0);
        space.write(0x110, 2, 5);
        assertEquals(5, space.read(0x110, 2));
    }

    @Test
    void shouldTellOfEachChangeOfEnable() {
        List<Boolean> seen = new ArrayList<>();
        sriov.onChange(() -> seen.add(sriov.isPresent(1)));
        sriov.enable(1, false);
        space.write(0x108, 2, SriovCapability.ENABLE);
        space.write(0x108, 2, 0);

        assertEquals(List.of(true, false), seen);
    }

    @Test
    void shouldForgetThemInAFunctionLevelReset() {
        sriov.enable(3, false);
        sriov.reset();

        assertFalse(sriov.isPresent(1));
        assertEquals(0, space.read(0x110, 2));
    }

    @Test
    void shouldHoldAWideBaseAddress() {
        sriov.place(2, 0x2000_0010_0000L);

        assertEquals(0x0010_000C, space.read(0x12C, 4), "prefetchable, 64 bits");
        assertEquals(0x2000, space.read(0x130, 4));
    }

    @Test
    void shouldNameTheNextFunctionOfAnAriDevice() {
        new AriCapability(space, 9);
        int offset = space.findExtended(AriCapability.ID);

        assertEquals(0x0900, space.read(offset + 4, 2));
        assertEquals(0x140, offset, "behind the SR-IOV capability");
    }
}
