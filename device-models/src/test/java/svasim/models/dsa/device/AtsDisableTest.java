package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Random;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Status;
import svasim.pcie.tlp.Tlp;

/** A queue whose accesses are sent untranslated, while ATS of the function is on. */
class AtsDisableTest {
    private static final long FROM = 0x10_0000;
    private static final long TO = 0x20_0000;
    private static final int BYTES = 2 * 4096;

    private final byte[] source = new byte[BYTES];

    private DsaUnderTest ready(QueueConfig queue) {
        DsaUnderTest dsa = DsaUnderTest.ready(Configs.queues(queue));
        new Random(9).nextBytes(source);
        dsa.machine().map(PASID, FROM, BYTES);
        dsa.machine().map(PASID, TO, BYTES);
        dsa.machine().store(PASID, FROM, source);
        return dsa;
    }

    private static int translationsKept(MachineUnderTest machine) {
        int[] kept = new int[1];
        machine.function().visitAtc((pasid, address, entry) -> kept[0]++);
        return kept[0];
    }

    @Test
    void shouldMoveWithoutKeepingATranslation() {
        DsaUnderTest dsa = ready(Configs.withoutAts());

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(FROM, TO, BYTES, true));

        assertEquals(Status.SUCCESS, record.status());
        assertArrayEquals(source, dsa.machine().load(PASID, TO, BYTES));
        assertEquals(0, translationsKept(dsa.machine()));
    }

    @Test
    void shouldKeepTranslationsOfAQueueWithAts() {
        DsaUnderTest dsa = ready(Configs.sized(16));

        dsa.carryOut(DsaUnderTest.move(FROM, TO, BYTES, true));

        assertTrue(translationsKept(dsa.machine()) > 0);
    }

    /** Nobody is asked for the page, whatever the descriptor says. */
    @Test
    void shouldEndWithTheFirstMissingPage() {
        DsaUnderTest dsa = ready(Configs.withoutAts());
        MachineUnderTest machine = dsa.machine();
        machine.agent().unmap(PASID, FROM + 4096, MachineUnderTest.RID);
        machine.run();
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            machine.map(pasid, page, 1);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });

        CompletionRecord record = dsa.carryOut(DsaUnderTest.move(FROM, TO, BYTES, true));

        assertEquals(Status.TRANSLATION_ERROR, record.status());
        assertEquals(4096, record.bytesCompleted());
        assertEquals(FROM + 4096, record.faultAddress());
        assertEquals(0, machine.agent().requestsReceived());
    }
}
