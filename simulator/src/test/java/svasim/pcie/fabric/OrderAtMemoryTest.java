package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** In which order requests take effect whose translations come in another order. */
class OrderAtMemoryTest {
    private static final Attributes RELAXED = new Attributes(0, false, true, false);
    private static final Attributes BY_ID = new Attributes(0, true, false, false);

    private final FabricRig rig = FabricRig.plain();

    @BeforeEach
    void answer() {
        rig.answerMyself = true;
    }

    private static Tlp write(long address, int pasid, Attributes attributes) {
        return new Tlp.MemoryWrite(
                Packet.DEVICE,
                address,
                new byte[] {1},
                AddressType.UNTRANSLATED,
                new PasidPrefix(pasid),
                attributes);
    }

    private static Tlp read(long address, int pasid, Attributes attributes) {
        return new Tlp.MemoryRead(
                Packet.DEVICE,
                7,
                address,
                4,
                AddressType.UNTRANSLATED,
                new PasidPrefix(pasid),
                attributes);
    }

    /** Data first, flag second; the translation of the flag is there first. */
    private void produce(Tlp flag) {
        rig.send(write(0x1000, 5, Attributes.DEFAULT));
        rig.send(flag);
        rig.run();
        rig.question(1).translated(0x2000);
        rig.run();
        rig.happened.add("consumed");
        rig.question(0).translated(0x1000);
        rig.run();
    }

    @Test
    void shouldShowTheFlagToTheConsumerBehindTheData() {
        produce(write(0x2000, 5, Attributes.DEFAULT));

        assertEquals(List.of("consumed", "DMA_WRITE 1000", "DMA_WRITE 2000"), rig.happened);
    }

    @Test
    void shouldShowARelaxedFlagTooEarly() {
        produce(write(0x2000, 5, RELAXED));

        assertEquals(List.of("DMA_WRITE 2000", "consumed", "DMA_WRITE 1000"), rig.happened);
    }

    @Test
    void shouldLetAnotherProcessPassWithIdBasedOrdering() {
        produce(write(0x2000, 6, BY_ID));

        assertEquals(List.of("DMA_WRITE 2000", "consumed", "DMA_WRITE 1000"), rig.happened);
    }

    @Test
    void shouldKeepTheOrderOfOneProcessWithIdBasedOrdering() {
        produce(write(0x2000, 5, BY_ID));

        assertEquals(List.of("consumed", "DMA_WRITE 1000", "DMA_WRITE 2000"), rig.happened);
    }

    @Test
    void shouldPushWritesAheadOfARelaxedRead() {
        produce(read(0x2000, 5, RELAXED));

        assertEquals(List.of("consumed", "DMA_WRITE 1000", "DMA_READ 2000"), rig.happened);
    }

    @Test
    void shouldReadPastTheWritesOfAnotherProcessWithIdBasedOrdering() {
        produce(read(0x2000, 6, BY_ID));

        assertEquals(List.of("DMA_READ 2000", "consumed", "DMA_WRITE 1000"), rig.happened);
    }

    @Test
    void shouldKeepACompletionOfAFunctionBehindItsWrites() {
        rig.send(write(0x1000, 5, Attributes.DEFAULT));
        rig.send(Packet.completion(3, 4));
        rig.run();
        assertEquals(List.of(), rig.received);

        rig.question(0).translated(0x1000);
        rig.run();

        assertEquals(List.of("DMA_WRITE 1000"), rig.happened);
        assertEquals(1, rig.received.size(), "it goes on to whom it answers");
    }
}
