package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;

/** The vectors of the VT-d reference, 10.3. */
class DescriptorTest {
    private static final int DOMAIN = 0x51;
    private static final int PASID = 0x5123;
    private static final int RID = 0x3A2A;
    private static final int DEPTH_32 = 32;
    private static final Block PAGE = Block.covering(0x7F3A_5C6D_7000L, 0x7F3A_5C6D_8000L);

    private static void assertWords(long word0, long word1, Descriptor descriptor) {
        assertEquals(Long.toHexString(word0), Long.toHexString(descriptor.word0()));
        assertEquals(Long.toHexString(word1), Long.toHexString(descriptor.word1()));
    }

    @Test
    void shouldNameOnePageOfPasidInIotlb() {
        assertWords(
                0x0000_5123_0051_0036L,
                0x0000_7F3A_5C6D_7000L,
                Descriptor.pasidIotlb(DOMAIN, PASID, PAGE));
    }

    @Test
    void shouldNameWholePasidInIotlb() {
        assertWords(0x0000_5123_0051_0026L, 0, Descriptor.pasidIotlb(DOMAIN, PASID, Block.ALL));
    }

    @Test
    void shouldNameOnePageInDeviceTlb() {
        assertWords(
                0x3A20_5123_3A2A_A008L,
                0x0000_7F3A_5C6D_7000L,
                Descriptor.pasidDeviceTlb(RID, DEPTH_32, PASID, PAGE));
    }

    @Test
    void shouldNameAllAddressesInDeviceTlb() {
        assertWords(
                0x3A20_5123_3A2A_A008L,
                0x7FFF_FFFF_FFFF_F800L,
                Descriptor.pasidDeviceTlb(RID, DEPTH_32, PASID, Block.ALL));
    }

    @Test
    void shouldSelectPasidInPasidCache() {
        assertWords(0x0000_5123_0051_0017L, 0, Descriptor.pasidCache(DOMAIN, PASID));
    }

    @Test
    void shouldSelectDeviceInContextCache() {
        assertWords(0x0000_3A2A_0051_0031L, 0, Descriptor.contextCache(DOMAIN, RID));
    }

    @Test
    void shouldSelectDomainInIotlb() {
        assertWords(0x0000_0000_0051_00E2L, 0, Descriptor.iotlbDomain(DOMAIN));
    }

    @Test
    void shouldWriteStatusAndDrainInWait() {
        assertWords(
                0x0000_CAFE_0000_00A5L,
                0x0200_0040L,
                Descriptor.statusWait(0x0200_0040L, 0xCAFE).drainingPageRequests());
    }

    @Test
    void shouldCodeResponses() {
        assertWords(
                0x0000_5123_3A2A_0019L,
                0x528,
                Descriptor.response(RID, PASID, 0xA5, PageResponse.SUCCESS));
        assertWords(
                0x0000_5123_3A2A_1019L,
                0x528,
                Descriptor.response(RID, PASID, 0xA5, PageResponse.INVALID_REQUEST));
        assertWords(
                0x0000_5123_3A2A_F019L,
                0x528,
                Descriptor.response(RID, PASID, 0xA5, PageResponse.FAILURE));
    }
}
