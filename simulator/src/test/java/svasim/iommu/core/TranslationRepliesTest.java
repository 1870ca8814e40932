package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** Completions of Translation Requests for several pages (PCI Express Base 5.0, 10.2.3). */
class TranslationRepliesTest {
    private static final long VA = 0x20_0000;
    private static final int PAGES = 8;
    private static final long RW = TranslationEntry.READ | TranslationEntry.WRITE;

    private final List<Tlp.Completion> sent = new ArrayList<>();
    private final DownstreamPort port = new DownstreamPort(new Kernel());
    private final TranslationReplies replies = new TranslationReplies(port);

    TranslationRepliesTest() {
        port.connect((tlp, nowPs) -> sent.add((Tlp.Completion) tlp), 8);
    }

    /** Answers a request for pages from an address on, by the page size at each of them. */
    private Tlp.Completion ask(long address, CompletionStatus[] statuses, int... shifts) {
        Tlp.TranslationRequest request =
                new Tlp.TranslationRequest(
                        0x100, 3, address, shifts.length, false, null, Attributes.DEFAULT);
        assertEquals(shifts.length, replies.expect(request));
        for (int i = shifts.length - 1; i >= 0; i--) {
            long page = TranslationReplies.page(request, i);
            long entry = TranslationEntry.range(page, shifts[i]) | RW;
            replies.answer(request, page, statuses[i], entry);
        }
        return sent.get(sent.size() - 1);
    }

    private static CompletionStatus[] good() {
        CompletionStatus[] all = new CompletionStatus[PAGES];
        Arrays.fill(all, CompletionStatus.SUCCESS);
        return all;
    }

    private static List<Long> bases(Tlp.Completion completion) {
        List<Long> bases = new ArrayList<>();
        ByteBuffer data = ByteBuffer.wrap(completion.data());
        while (data.hasRemaining()) {
            bases.add(TranslationEntry.base(data.getLong()));
        }
        return bases;
    }

    @Test
    void shouldAnswerEachPageInTheOrderOfTheAddresses() {
        Tlp.Completion completion = ask(VA, good(), 12, 12, 12);

        assertEquals(List.of(VA, VA + 0x1000, VA + 0x2000), bases(completion));
        assertEquals(24, completion.byteCount());
    }

    @Test
    void shouldAnswerPagesOfOneRangeWithOneEntry() {
        assertEquals(List.of(VA), bases(ask(VA, good(), 21, 21, 21, 21)));
        assertEquals(List.of(VA, VA + 0x2000), bases(ask(VA + 0x1000, good(), 13, 13, 13)));
    }

    @Test
    void shouldLeaveOutWhatHasAnotherSize() {
        assertEquals(List.of(VA), bases(ask(VA, good(), 12, 14, 12)));
    }

    @Test
    void shouldLeaveOutWhatIsBehindAFailure() {
        CompletionStatus[] third = good();
        third[2] = CompletionStatus.COMPLETER_ABORT;

        assertEquals(List.of(VA, VA + 0x1000), bases(ask(VA, third, 12, 12, 12, 12)));
    }

    @Test
    void shouldCompleteWithTheStatusOfTheFirstPageIfThatFails() {
        CompletionStatus[] first = good();
        first[0] = CompletionStatus.UNSUPPORTED_REQUEST;
        Tlp.Completion completion = ask(VA, first, 12, 12);

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, completion.status());
        assertEquals(0, completion.data().length);
        assertEquals(0, replies.outstanding());
    }
}
