package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which requester IDs the IOMMU can keep apart. */
class IommuGroupsTest {
    private static final int SLOT_1 = 0x0108;
    private static final int SLOT_2 = 0x0110;

    private final IommuGroups groups = new IommuGroups(IommuOptions.of(DomainType.DMA_FQ));

    private static PciPath path(boolean port, boolean function) {
        return new PciPath("rp0", true, port, function, false);
    }

    @Test
    void shouldKeepFunctionsWithAcsApart() {
        var first = groups.of("a", SLOT_1, path(true, true));
        var second = groups.of("b", SLOT_1 + 1, path(true, true));

        assertNotSame(first, second);
        assertEquals(0, first.number());
        assertEquals(1, second.number());
    }

    @Test
    void shouldJoinFunctionsOfASlotWithoutAcs() {
        var first = groups.of("a", SLOT_1, path(true, false));

        assertSame(first, groups.of("b", SLOT_1 + 1, path(true, false)));
        assertNotSame(first, groups.of("c", SLOT_2, path(true, false)));
    }

    @Test
    void shouldJoinEverythingBehindAPortWithoutAcs() {
        var first = groups.of("a", SLOT_1, path(false, true));

        assertSame(first, groups.of("b", SLOT_2, path(false, true)));
        assertNotSame(first, groups.of("c", 0x0200, new PciPath("rp1", true, false, true, false)));
    }

    @Test
    void shouldKeepIntegratedEndpointsApart() {
        assertNotSame(
                groups.of("a", SLOT_1, PciPath.INTEGRATED),
                groups.of("b", SLOT_2, PciPath.INTEGRATED));
    }

    @Test
    void shouldTakeDefaultDomainOfFirstDevice() {
        var options =
                new IommuOptions(
                        null,
                        Map.of("a", DomainType.IDENTITY),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        var some = new IommuGroups(options);

        assertEquals(DomainType.IDENTITY, some.of("a", SLOT_1, path(false, true)).defaultDomain());
        assertEquals(DomainType.IDENTITY, some.of("b", SLOT_2, path(false, true)).defaultDomain());
        assertEquals(DomainType.DMA, some.of("c", 0x0200, PciPath.INTEGRATED).defaultDomain());
    }
}
