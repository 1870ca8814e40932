package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.iommu.core.Words;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/** What devices are told of faults, and what FPD keeps back (reference vtd.md, 5). */
class AnswersTest {
    private static final long FPD = 2;

    private static Tlp.Completion ask(FaultCase made) {
        return made.unit.bench.ask(FaultCase.DEVICE, made.pasid, made.iova & -4096, false);
    }

    private static FaultCase of(String code) {
        int wanted = Integer.parseInt(code, 16);
        return FaultCases.all().entrySet().stream()
                .filter(entry -> entry.getKey().code() == wanted)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "01, UR", "02, UR", "03, CA", "09, CA", "0A, CA", "0B, CA", "07, CA", "0C, CA", "0E, CA",
        "30, UR", "31, UR", "33, UR", "39, UR", "3A, CA", "40, CA", "41, UR", "42, CA", "43, CA",
        "45, UR", "46, UR", "48, UR", "50, CA", "52, CA", "58, CA", "5A, CA", "5B, CA", "78, CA",
        "7A, CA", "7B, CA", "7C, CA", "87, CA", "89, UR"
    })
    void shouldFailTranslationRequestAndRecordIt(String code, String answer) {
        FaultCase made = of(code);

        assertEquals(
                answer.equals("UR")
                        ? CompletionStatus.UNSUPPORTED_REQUEST
                        : CompletionStatus.COMPLETER_ABORT,
                ask(made).status());
        assertEquals(Integer.parseInt(code, 16), FaultCase.recorded(made));
        assertEquals(1, made.unit.read64(VtdUnderTest.FRCD + 8) >>> 60 & 3, "AT");
    }

    /** Not present or not permitted: success, with the permissions there are. */
    @ParameterizedTest
    @CsvSource({
        "04, 0", "05, 1", "06, 0", "51, 0", "59, 0", "70, 0", "71, 0", "72, 0", "73, 0", "74, 0",
        "75, 0", "76, 0", "77, 0", "79, 0", "80, 0", "81, 0", "84, 0", "85, 1", "86, 2", "90, 0"
    })
    void shouldCompleteTranslationRequestWithWhatIsPermitted(String code, int permissions) {
        FaultCase made = of(code);
        Tlp.Completion completion = ask(made);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(permissions, Words.entry(completion, 0) & 3);
        assertEquals(0, made.unit.read64(VtdUnderTest.FRCD + 8));
    }

    /** FPD in the entry that is at fault, also if that entry is not present. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "CONTEXT_NOT_PRESENT",
                "CONTEXT_INVALID",
                "SM_CONTEXT_NOT_PRESENT",
                "SM_CONTEXT_RESERVED",
                "PASID_BLOCKED",
                "PASID_BEYOND_DIRECTORY",
                "DIRECTORY_NOT_PRESENT",
                "DIRECTORY_RESERVED",
                "PASID_NOT_PRESENT",
                "PASID_RESERVED",
                "PASID_INVALID",
                "FS_NOT_PRESENT",
                "SS_NOT_PRESENT"
            })
    void shouldNotRecordQualifiedFaultWithFpdOnItsWay(FaultReason reason) {
        for (Consumer<FaultCase> place : places(reason)) {
            FaultCase made = FaultCases.all().get(reason);
            place.accept(made);

            assertEquals(reason.code(), made.run().code());
            assertEquals(0, made.unit.read64(VtdUnderTest.FRCD + 8));
        }
    }

    private static Iterable<Consumer<FaultCase>> places(FaultReason reason) {
        if (reason.code() < 0x10) {
            return List.of(c -> FaultCase.set(c.unit, FaultCase.legacyContext(), FPD));
        }
        Consumer<FaultCase> context = c -> FaultCase.set(c.unit, FaultCase.context(), FPD);
        Consumer<FaultCase> directory = c -> FaultCase.set(c.unit, VtdUnderTest.DIRECTORY, FPD);
        Consumer<FaultCase> entry =
                c -> FaultCase.set(c.unit, c.unit.pasidEntry(FaultCase.PASID), FPD);
        if (reason.code() < 0x50) {
            return List.of(context);
        }
        return reason.code() < 0x58
                ? List.of(context, directory)
                : List.of(context, directory, entry);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTEXT_UNREADABLE", "SM_CONTEXT_UNREADABLE", "DIRECTORY_UNREADABLE"})
    void shouldRecordUnqualifiedFaultInSpiteOfFpd(FaultReason reason) {
        FaultCase made = FaultCases.all().get(reason);
        FaultCase.set(made.unit, FaultCase.context(), FPD);

        made.run();

        assertEquals(reason.code(), FaultCase.recorded(made));
    }
}
