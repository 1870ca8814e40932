package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-31. An index that is not open at the function that is answered counts as a wrong one. */
final class ResponseMatchesRequest extends Rule {
    private final Probes probes;
    private final Map<Group, Integer> pasids = new HashMap<>();

    private record Group(int requesterId, int index) {}

    ResponseMatchesRequest(Probes probes) {
        super(
                "I-31",
                "A response to a page request has a code that there is, and names the PASID of the"
                        + " request, where the function wants that.",
                Kind.TLP_SENT);
        this.probes = probes;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.subject() instanceof PageRequest request && !request.stopMarker()) {
            Group group = new Group(request.requesterId(), request.prgIndex());
            pasids.put(group, PasidPrefix.number(request.pasid()));
        } else if (seen.subject() instanceof PageGroupResponse response) {
            compare(response, docket);
            checkCode(response, docket);
        }
    }

    /** A reserved code is no answer, though a function takes it for a failure. */
    private void checkCode(PageGroupResponse response, Docket docket) {
        boolean defined =
                response.code() == PageGroupResponse.SUCCESS
                        || response.code() == PageGroupResponse.INVALID_REQUEST
                        || response.code() == PageGroupResponse.RESPONSE_FAILURE;
        if (!defined) {
            docket.broken(
                    this,
                    Finding.of("code " + response.code() + " is none of a response")
                            .pasid(PasidPrefix.number(response.pasid()))
                            .device(response.destinationId()));
        }
    }

    private void compare(PageGroupResponse response, Docket docket) {
        int requesterId = response.destinationId();
        Integer asked = pasids.get(new Group(requesterId, response.prgIndex()));
        int answered = PasidPrefix.number(response.pasid());
        boolean open = answered == PasidPrefix.NONE && !wantsPasid(requesterId);
        if (asked != null && asked != answered && !open) {
            docket.broken(
                    this,
                    Finding.of("group " + response.prgIndex() + " was asked with PASID " + asked)
                            .pasid(answered)
                            .device(requesterId));
        }
    }

    private boolean wantsPasid(int requesterId) {
        return Controls.of(probes, requesterId).responsesCarryPasid();
    }
}
