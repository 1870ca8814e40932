package svasim.pcie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Type 1 header, bit by bit. */
class BridgeHeaderTest {
    private static final long FIRST = 0x2000_1230_0000L;
    private static final long LAST = 0x2001_000F_FFFFL;

    private final ConfigurationSpace space = new ConfigurationSpace();
    private final BridgeHeader header = new BridgeHeader(space);

    @Test
    void shouldHaveNothingBehindItAtFirst() {
        assertEquals(1, space.read(0x0E, 1), "type 1");
        assertFalse(header.claims(0));
        assertFalse(header.claims(-1));
        assertFalse(header.covers(1));
    }

    @Test
    void shouldClaimItsWindowToTheByte() {
        header.window(FIRST, LAST);

        assertFalse(header.claims(FIRST - 1));
        assertTrue(header.claims(FIRST));
        assertTrue(header.claims(LAST));
        assertFalse(header.claims(LAST + 1));
    }

    @Test
    void shouldHoldTheWindowInFourRegisters() {
        header.window(FIRST, LAST);

        assertEquals(
                0x1231, space.read(BridgeHeader.MEMORY_BASE, 2), "bits 31:20, and 64 bits wide");
        assertEquals(0x0001, space.read(BridgeHeader.MEMORY_LIMIT, 2));
        assertEquals(0x2000, space.read(BridgeHeader.MEMORY_BASE_UPPER, 4));
        assertEquals(0x2001, space.read(BridgeHeader.MEMORY_LIMIT_UPPER, 4));
    }

    @Test
    void shouldCloseTheWindowWhenTheLimitIsBelowTheBase() {
        header.window(FIRST, LAST);
        space.write(BridgeHeader.MEMORY_LIMIT_UPPER, 4, 0);

        assertFalse(header.claims(FIRST));
    }

    @Test
    void shouldCoverBusesFromSecondaryToSubordinate() {
        header.buses(0, 3, 5);

        assertFalse(header.covers(2));
        assertTrue(header.covers(3) && header.covers(5));
        assertFalse(header.covers(6));
    }

    @Test
    void shouldOfferForwardingOfAriAtPortsWithALinkOnly() {
        int ari = PortExpressCapability.ARI_FORWARDING;
        PortExpressCapability down =
                new PortExpressCapability(
                        space, PortExpressCapability.Type.DOWNSTREAM_PORT, true, ari);
        ConfigurationSpace other = new ConfigurationSpace();
        PortExpressCapability up =
                new PortExpressCapability(
                        other, PortExpressCapability.Type.UPSTREAM_PORT, true, ari);

        assertTrue(down.forwardsAri());
        assertFalse(up.forwardsAri());
        assertEquals(0x62, space.read(ExpressCapability.OFFSET + 2, 2), "version 2, type 6");
        space.write(PortExpressCapability.DEVICE_CONTROL_2, 2, 0);
        assertFalse(down.forwardsAri());
    }

    @Test
    void shouldMarkPeersInTheEgressControlVector() {
        AcsCapability acs = new AcsCapability(space, AcsCapability.EGRESS_CONTROL);
        acs.control(3);

        assertTrue(acs.controls(3));
        assertFalse(acs.controls(2) || acs.controls(35));
        int offset = space.findExtended(AcsCapability.ID);
        assertEquals(0x207F, space.read(offset + 4, 2), "every service, 32 bits of vector");
        assertEquals(8, space.read(offset + AcsCapability.EGRESS_VECTOR, 4));
    }
}
