package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.layout.Field;

/** The fields of headers are where the encoder puts them. */
class HeaderLayoutTest {
    private static final int REQUESTER = 0x6A08;
    private static final PasidPrefix PASID = new PasidPrefix(0x12345, true, false);

    /** Value of a field of an encoded packet. */
    private static long field(Tlp tlp, String name) {
        List<Long> found = new ArrayList<>();
        for (HeaderLayout.Word word : HeaderLayout.of(TlpCodec.encode(tlp))) {
            for (Field field : word.layout().fields()) {
                if (field.name().equals(name)) {
                    found.add(field.of(word.value()));
                }
            }
        }
        assertEquals(1, found.size(), name);
        return found.get(0);
    }

    private static final Tlp WRITE =
            new Tlp.MemoryWrite(
                    REQUESTER,
                    0x7FFF_1234_5678L,
                    new byte[64],
                    AddressType.TRANSLATED,
                    PASID,
                    Attributes.DEFAULT);

    @Test
    void shouldShowThePasidPrefix() {
        assertEquals(0x12345, field(WRITE, "PASID"));
        assertEquals(1, field(WRITE, "Privileged Mode Requested"));
        assertEquals(0, field(WRITE, "Execute Requested"));
    }

    @Test
    void shouldShowWhereAWriteGoes() {
        assertEquals(0x7FFF, field(WRITE, "Address 63:32"));
        assertEquals(0x1234_5678L >>> 2, field(WRITE, "Address 31:2"));
        assertEquals(2, field(WRITE, "AT"));
        assertEquals(16, field(WRITE, "Length"));
        assertEquals(REQUESTER, field(WRITE, "Requester ID"));
    }

    @Test
    void shouldShowATranslationRequest() {
        Tlp request =
                new Tlp.TranslationRequest(
                        REQUESTER, 9, 0x1_2345_6000L, 2, true, PASID, Attributes.DEFAULT);

        assertEquals(1, field(request, "AT"));
        assertEquals(1, field(request, "NW"));
        assertEquals(4, field(request, "Length"));
        assertEquals(9, field(request, "Tag"));
        assertEquals(0x2_3456, field(request, "Address 31:12"));
    }

    @Test
    void shouldShowAPageRequestAndItsAnswer() {
        Tlp request =
                new Tlp.PageRequest(REQUESTER, 0x1_2345_6000L, 0x155, true, false, true, PASID);
        Tlp answer =
                new Tlp.PageGroupResponse(
                        0, REQUESTER, 0x155, Tlp.PageGroupResponse.INVALID_REQUEST, PASID);

        assertEquals(0x155, field(request, "PRG Index"));
        assertEquals(1, field(request, "L"));
        assertEquals(0, field(request, "W"));
        assertEquals(1, field(request, "R"));
        assertEquals(1, field(request, "Page Address 63:32"));
        assertEquals(0x2_3456, field(request, "Page Address 31:12"));
        assertEquals(0x155, field(answer, "PRG Index"));
        assertEquals(1, field(answer, "Response Code"));
        assertEquals(REQUESTER, field(answer, "Target"));
    }

    @Test
    void shouldShowAnInvalidationAndItsCompletion() {
        Tlp request = new Tlp.InvalidateRequest(0, REQUESTER, 7, 0x1000, false, false, PASID);
        Tlp completion = new Tlp.InvalidateCompletion(REQUESTER, 0, 1, 1 << 7, Attributes.DEFAULT);

        assertEquals(7, field(request, "Tag"));
        assertEquals(1, field(request, "Message Code"));
        assertEquals(REQUESTER, field(request, "Target"));
        assertEquals(1 << 7, field(completion, "ITag Vector"));
        assertEquals(1, field(completion, "Completion Count"));
    }

    @Test
    void shouldShowACompletion() {
        Tlp completion =
                new Tlp.Completion(
                        0x0100,
                        REQUESTER,
                        0x33,
                        CompletionStatus.COMPLETER_ABORT,
                        64,
                        0x40,
                        new byte[0],
                        Attributes.DEFAULT);

        assertEquals(4, field(completion, "Status"));
        assertEquals(64, field(completion, "Byte Count"));
        assertEquals(0x40, field(completion, "Lower Address"));
        assertEquals(0x33, field(completion, "Tag"));
        assertEquals(0x0100, field(completion, "Completer ID"));
        assertEquals(REQUESTER, field(completion, "Requester ID"));
    }

    @Test
    void shouldShowAConfigurationWrite() {
        Tlp write = new Tlp.ConfigurationWrite(0, REQUESTER, 3, 0x104, new byte[4], false);

        assertEquals(0x104 >>> 2, field(write, "Register"));
        assertEquals(REQUESTER, field(write, "Target"));
    }
}
