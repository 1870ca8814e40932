package svasim.lesson.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.trace.Kind;

class PhaseTest {
    private static final String EXIT = "lessons/07-process-exit-in-order.yaml";
    private static final String IN_ORDER = "in-order";

    private static List<Moment> moments(String file, String profile, String variant)
            throws IOException {
        return RecordedRun.of(file, profile, variant).recorder().moments();
    }

    /** Each phase once, where it begins. */
    private static List<Phase> beginnings(List<Moment> moments) {
        List<Phase> order = new ArrayList<>();
        for (Moment moment : moments) {
            if (moment.phase() != null && !order.contains(moment.phase())) {
                order.add(moment.phase());
            }
        }
        return order;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sapphire-rapids", "kunpeng-920", "epyc"})
    void shouldGoThroughAllPhasesWhereAProcessEndsWithWorkUnderWay(String profile)
            throws IOException {
        List<Phase> order = beginnings(moments(EXIT, profile, IN_ORDER));

        assertEquals(EnumSet.allOf(Phase.class), Set.copyOf(order));
        List<Phase> device = List.of(Phase.TRANSLATE, Phase.FAULT, Phase.RESPOND);
        List<Phase> software = new ArrayList<>(order);
        software.removeAll(device);
        List<Phase> usual = new ArrayList<>(List.of(Phase.values()));
        usual.removeAll(device);
        assertEquals(usual, software);
        order.retainAll(device);
        assertEquals(device, order);
    }

    @ParameterizedTest
    @CsvSource({
        "lessons/01-what-is-a-pasid.yaml, ''",
        "lessons/05-page-request.yaml, asked-for",
        "lessons/06-unmap-and-why-it-waits.yaml, in-order"
    })
    void shouldBeginNoPhaseBeforeTheProgramsDo(String file, String variant) throws IOException {
        for (String profile : List.of("sapphire-rapids", "kunpeng-920", "epyc")) {
            List<Moment> moments = moments(file, profile, variant == null ? "" : variant);
            int programs = 0;
            while (!moments.get(programs).label().equals("kernel_init/start processes")) {
                assertNull(moments.get(programs).phase(), moments.get(programs).toString());
                programs++;
            }
            assertEquals(Phase.ALLOCATE, beginnings(moments).get(0), profile);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sapphire-rapids, qi_submit_sync/write descriptors",
        "kunpeng-920, arm_smmu_cmdq_issue_cmdlist/write commands",
        "epyc, iommu_queue_command/write commands"
    })
    void shouldCountCommandsToThePhaseThatNeedsThem(String profile, String step)
            throws IOException {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (Moment moment : moments(EXIT, profile, IN_ORDER)) {
            if (moment.label().equals(step) && moment.phase() != null) {
                phases.add(moment.phase());
            }
        }

        assertTrue(phases.contains(Phase.REVOKE), phases.toString());
        assertTrue(EnumSet.complementOf(EnumSet.of(Phase.SUBMIT)).containsAll(phases));
    }

    @Test
    void shouldTellTheInvalidationOfADrainFromThatOfAnExit() throws IOException {
        List<Phase> phases =
                moments(EXIT, "sapphire-rapids", IN_ORDER).stream()
                        .filter(moment -> moment.kind() == Kind.INVALIDATION_SENT)
                        .map(Moment::phase)
                        .distinct()
                        .toList();

        assertEquals(List.of(Phase.REVOKE, Phase.DRAIN), phases);
    }

    @Test
    void shouldCallAFaultOfTheProgramNoFaultOfTheDevice() throws IOException {
        for (Moment moment : moments(EXIT, "sapphire-rapids", IN_ORDER)) {
            assertTrue(moment.kind() != Kind.CPU_FAULT || moment.phase() != Phase.FAULT);
        }
    }
}
