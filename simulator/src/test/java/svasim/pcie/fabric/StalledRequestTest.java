package svasim.pcie.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Packet;
import svasim.pcie.tlp.Tlp;

/** A request that waits for software, and what has to stay behind it. */
class StalledRequestTest {
    private final FabricRig rig = FabricRig.plain();

    @BeforeEach
    void answer() {
        rig.answerMyself = true;
    }

    private void send(Tlp... packets) {
        for (Tlp packet : packets) {
            rig.send(packet);
        }
        rig.run();
    }

    @Test
    void shouldNotCountAWriteBehindAStalledOne() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1));

        rig.question(0).stalled();
        rig.question(1).translated(0x2000);

        assertTrue(rig.drains());
        assertEquals(List.of(), rig.happened);
    }

    @Test
    void shouldNotCountAWriteWhoseTranslationWasThereBeforeTheStall() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1));

        rig.question(1).translated(0x2000);
        rig.run();
        rig.question(0).stalled();

        assertTrue(rig.drains());
    }

    @Test
    void shouldCountAWriteBehindOneThatIsOnlyBeingTranslated() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1));

        rig.question(1).translated(0x2000);

        assertFalse(rig.drains());
    }

    @Test
    void shouldLetGoOfWhoAlreadyWaitsWhenTheStallComesLate() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1));
        rig.question(1).translated(0x2000);
        assertFalse(rig.drains());

        rig.question(0).stalled();
        rig.run();

        assertEquals(List.of("drained"), rig.happened);
    }

    @Test
    void shouldTranslateAgainWhatWasBehindTheStall() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1), Packet.read(3, 0x3000, 4));
        rig.question(0).stalled();
        rig.question(1).translated(0x2000);
        rig.question(2).translated(0x3000);
        rig.run();

        rig.question(0).translated(0x1000);
        rig.run();

        assertEquals(5, rig.questions.size(), "write and read are asked about again");
        rig.question(3).translated(0x8000);
        rig.question(4).translated(0x9000);
        rig.run();
        assertEquals(
                List.of("DMA_WRITE 1000", "DMA_WRITE 8000", "DMA_READ 9000"),
                rig.happened,
                "with the addresses of the second answer");
    }

    @Test
    void shouldStayBehindTheSecondOfTwoStalledRequests() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1), Packet.write(0x3000, 1));
        rig.question(0).stalled();
        rig.question(1).stalled();
        rig.question(2).translated(0x3000);
        rig.run();

        rig.question(0).refused(CompletionStatus.SUCCESS);
        rig.run();
        assertEquals(3, rig.questions.size());

        rig.question(1).translated(0x2000);
        rig.run();
        rig.question(3).translated(0x3000);
        rig.run();
        assertEquals(List.of("DMA_WRITE 2000", "DMA_WRITE 3000"), rig.happened);
    }

    @Test
    void shouldStallAgainAfterTheSecondQuestion() {
        send(Packet.write(0x1000, 1), Packet.write(0x2000, 1));
        rig.question(0).stalled();
        rig.question(1).translated(0x2000);
        rig.run();
        rig.question(0).translated(0x1000);
        rig.run();

        rig.question(2).stalled();
        assertTrue(rig.drains(), "the first write is carried out, the second waits for software");
        rig.question(2).translated(0x7000);
        rig.run();

        assertEquals(List.of("DMA_WRITE 1000", "DMA_WRITE 7000"), rig.happened);
    }

    @Test
    void shouldNotHoldAReadThatCameBeforeTheStalledWrite() {
        send(Packet.read(3, 0x3000, 4), Packet.write(0x1000, 1));
        rig.question(1).stalled();
        rig.question(0).translated(0x3000);
        rig.run();

        assertEquals(List.of("DMA_READ 3000"), rig.happened);
    }
}
