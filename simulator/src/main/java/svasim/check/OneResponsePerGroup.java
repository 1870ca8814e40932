package svasim.check;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-30. A function that is reset waits for nothing. Matches the page requests and the responses on
 * the wire; keeps the ledger for others.
 */
final class OneResponsePerGroup extends Rule {
    private final PageRequestLedger requests;

    OneResponsePerGroup(PageRequestLedger requests) {
        super(
                "I-30",
                "Each page request group receives exactly one response.",
                Kind.TLP_SENT,
                Kind.FUNCTION_RESET);
        this.requests = requests;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.FUNCTION_RESET) {
            requests.reset((int) seen.a());
            return;
        }
        if (seen.isForwarded()) {
            return;
        }
        if (seen.subject() instanceof PageRequest request) {
            requests.sent(request);
        } else if (seen.subject() instanceof PageGroupResponse response) {
            String wrong =
                    switch (requests.sent(response)) {
                        case UNEXPECTED -> "a response to a group that is not open";
                        case EARLY -> "a response before the group's last request";
                        case EXPECTED, SEEN_BEFORE -> null;
                    };
            if (wrong != null) {
                docket.broken(
                        this,
                        Finding.of(wrong + ", index " + response.prgIndex())
                                .pasid(PasidPrefix.number(response.pasid()))
                                .device(response.destinationId()));
            }
        }
    }

    @Override
    public void atEnd(Docket docket) {
        requests.forEachUnanswered(
                (requesterId, index, pasid) ->
                        docket.broken(
                                this,
                                Finding.of("group " + index + " was never answered")
                                        .pasid(pasid)
                                        .device(requesterId)));
    }
}
