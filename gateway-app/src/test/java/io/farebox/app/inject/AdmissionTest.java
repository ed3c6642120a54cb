package io.farebox.app.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AdmissionTest {
    private static final String POD = """
            {'metadata':{'name':'api-1','labels':{'farebox.io/inject':'true'}},
             'spec':{'terminationGracePeriodSeconds':30,'containers':[{'name':'nginx','image':'nginx','ports':[{'containerPort':80}]}]}}""";
    private static final String SERVICE = """
            {'metadata':{'name':'api','labels':{'farebox.io/inject':'true'}},
             'spec':{'ports':[{'name':'http','port':80,'targetPort':8080,'protocol':'TCP'}]}}""";

    @TempDir
    private Path folder;

    private Admission closed;

    @BeforeEach
    void open() throws IOException {
        closed = Reviews.admission(folder, false);
    }

    @Test
    void podWithTheLabel_getsTheContainerItsVolumesAndItsPort() {
        JsonNode pod = Reviews.json(POD);
        JsonNode response = Reviews.response(closed, "pods", pod);
        assertThat(response.get("allowed").booleanValue()).isTrue();
        JsonNode made = Reviews.patched(pod, response);
        assertThat(made.at("/spec/containers/0")).isEqualTo(pod.at("/spec/containers/0"));
        assertThat(made.at("/spec/containers/1/name").asString()).isEqualTo("farebox");
        assertThat(made.at("/spec/containers/1/env/1/name").asString()).isEqualTo("FAREBOX_UPSTREAM_PORT");
        assertThat(made.at("/spec/containers/1/env/1/value").asString()).isEqualTo("80");
        assertThat(made.at("/spec/volumes").size()).isEqualTo(2);
        assertThat(made.at("/spec/volumes/0/configMap/name").asString()).isEqualTo("shop-farebox");
        assertThat(made.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(60);
        assertThat(made.at("/metadata/annotations/farebox.io~1injected").asString())
                .isEqualTo("true");
        assertThat(made.at("/metadata/annotations/farebox.io~1restart-sum").asString())
                .isEqualTo("abc");
        assertThat(made.at("/metadata/annotations/kubectl.kubernetes.io~1default-container")
                        .asString())
                .isEqualTo("nginx");
    }

    @Test
    void podThatHasIt_staysAsItIs() {
        JsonNode pod = Reviews.json(POD);
        JsonNode once = Reviews.patched(pod, Reviews.response(closed, "pods", pod));
        JsonNode again = Reviews.response(closed, "pods", once);
        assertThat(again.get("allowed").booleanValue()).isTrue();
        assertThat(again.has("patch")).isFalse();
    }

    @Test
    void whatThePodHas_isKept() {
        JsonNode pod = Reviews.json("""
                {'metadata':{'labels':{'farebox.io/inject':'true'},'annotations':{'a':'b','farebox.io/port':'8080',
                 'farebox.io/config':'other-prices','kubectl.kubernetes.io/default-container':'two'}},
                 'spec':{'terminationGracePeriodSeconds':300,'volumes':[{'name':'v'}],
                 'containers':[{'name':'one','ports':[{'containerPort':1}]},{'name':'two','ports':[{'containerPort':8080}]}]}}""");
        JsonNode made = Reviews.patched(pod, Reviews.response(closed, "pods", pod));
        assertThat(made.at("/metadata/annotations/a").asString()).isEqualTo("b");
        assertThat(made.at("/metadata/annotations/kubectl.kubernetes.io~1default-container")
                        .asString())
                .isEqualTo("two");
        assertThat(made.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(300);
        assertThat(made.at("/spec/volumes/0/name").asString()).isEqualTo("v");
        assertThat(made.at("/spec/volumes/1/configMap/name").asString()).isEqualTo("other-prices");
        assertThat(made.at("/spec/containers/2/env/1/value").asString()).isEqualTo("8080");
    }

    /** A second pod of the same template must not see what the first one got. */
    @Test
    void template_isNotChangedByAPod() {
        JsonNode pod = Reviews.json(POD);
        Reviews.response(closed, "pods", pod);
        JsonNode made = Reviews.patched(pod, Reviews.response(closed, "pods", pod));
        assertThat(made.at("/spec/containers/1/env").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'hostNetwork':true,'containers':[{'name':'a','ports':[{'containerPort':80}]}] | hostNetwork",
                "'os':{'name':'windows'},'containers':[{'name':'a','ports':[{'containerPort':80}]}] | Windows",
                "'containers':[{'name':'a'}] | 0 ports are named",
                "'containers':[{'name':'a','ports':[{'containerPort':1},{'containerPort':2}]}] | 2 ports are named",
                "'containers':[{'name':'a','ports':[{'containerPort':53,'protocol':'UDP'}]}] | 0 ports are named",
                "'containers':[{'name':'a','ports':[{'containerPort':8402}]}] | uses port 8402",
                "'containers':[{'name':'a','ports':[{'containerPort':80,'name':'farebox'}]}] | a port with the name farebox",
                "'containers':[{'name':'farebox','ports':[{'containerPort':80}]}] | a container farebox that was not injected",
                "'containers':[{'name':'a','ports':[{'containerPort':80}]}],'initContainers':[{'name':'farebox'}] | not injected",
                "'containers':[{'name':'a','ports':[{'containerPort':80}]}],'volumes':[{'name':'farebox-tmp'}] | a volume farebox-tmp",
                "'securityContext':{'runAsUser':0},'containers':[{'name':'a','ports':[{'containerPort':80}]}] | runs as user 0",
                "'nothing':1 | has no containers"
            })
    void podThatWouldBreak_isRefusedAndToldWhy(String spec, String why) throws IOException {
        JsonNode pod = Reviews.json("{'metadata':{'labels':{'farebox.io/inject':'true'}},'spec':{" + spec + "}}");
        JsonNode response = Reviews.response(closed, "pods", pod);
        assertThat(response.get("allowed").booleanValue()).isFalse();
        assertThat(response.has("patch")).isFalse();
        assertThat(response.at("/status/message").asString())
                .startsWith("Farebox: ")
                .contains(why);
        JsonNode open = Reviews.response(Reviews.admission(folder, true), "pods", pod);
        assertThat(open.get("allowed").booleanValue()).isTrue();
        assertThat(open.has("patch")).isFalse();
        assertThat(open.at("/warnings/0").asString())
                .startsWith("Unpriced. Farebox: ")
                .contains(why.substring(0, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "http", "8402", "-1", "999999999999"})
    void annotatedPortThatIsNone_isRefused(String port) {
        JsonNode pod =
                Reviews.json(POD.replace("'labels'", "'annotations':{'farebox.io/port':'" + port + "'},'labels'"));
        assertThat(Reviews.response(closed, "pods", pod).get("allowed").booleanValue())
                .isFalse();
    }

    @Test
    void configMapNameThatIsNone_isRefused() {
        JsonNode pod = Reviews.json(POD.replace("'labels'", "'annotations':{'farebox.io/config':'../x'},'labels'"));
        assertThat(Reviews.response(closed, "pods", pod).get("allowed").booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'metadata':{'name':'a'},'spec':{}}",
                "{'metadata':{'labels':{'farebox.io/inject':'false'}}}",
                "{}"
            })
    void objectWithoutTheLabel_isLeftAlone(String object) {
        for (String resource : List.of("pods", "services", "secrets")) {
            JsonNode response = Reviews.response(closed, resource, Reviews.json(object));
            assertThat(response.get("allowed").booleanValue()).isTrue();
            assertThat(response.has("patch")).isFalse();
        }
    }

    @Test
    void service_leadsToFareboxAndStaysSo() {
        JsonNode service = Reviews.json(SERVICE);
        JsonNode made = Reviews.patched(service, Reviews.response(closed, "services", service));
        assertThat(made.at("/spec/ports/0/targetPort").asString()).isEqualTo("farebox");
        assertThat(made.at("/spec/ports/0/port").asInt()).isEqualTo(80);
        assertThat(Reviews.response(closed, "services", made).has("patch")).isFalse();
    }

    /** The second port would be a way past the price. */
    @Test
    void portsThatLeadToTheSamePlace_changeTogether() {
        JsonNode service = Reviews.json("""
                {'metadata':{'labels':{'farebox.io/inject':'true'},'annotations':{'farebox.io/service-port':'http'}},
                 'spec':{'ports':[{'name':'http','port':80,'targetPort':8080},{'name':'alt','port':8080},{'name':'ops','port':9000}]}}""");
        JsonNode made = Reviews.patched(service, Reviews.response(closed, "services", service));
        assertThat(made.at("/spec/ports/0/targetPort").asString()).isEqualTo("farebox");
        assertThat(made.at("/spec/ports/1/targetPort").asString()).isEqualTo("farebox");
        assertThat(made.at("/spec/ports/2").has("targetPort")).isFalse();
        assertThat(Reviews.response(closed, "services", made).has("patch")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ports':[{'port':80},{'port':81}]",
                "'type':'ExternalName','externalName':'x'",
                "'ports':[]",
                "'ports':[{'port':53,'protocol':'UDP'}]"
            })
    void serviceThatIsNotClear_isRefused(String spec) {
        JsonNode service = Reviews.json("{'metadata':{'labels':{'farebox.io/inject':'true'}},'spec':{" + spec + "}}");
        JsonNode response = Reviews.response(closed, "services", service);
        assertThat(response.get("allowed").booleanValue()).isFalse();
        assertThat(response.at("/status/message").asString()).startsWith("Farebox: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "{}",
                "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"request\":{\"uid\":\"1\"}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{}}"
            })
    void whatIsNoReview_isNotAnswered(String text) {
        assertThatThrownBy(() -> closed.answer(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InjectException.class);
    }

    @Test
    void log_hasNamesAndNothingElseOfTheObject() {
        JsonNode pod = Reviews.json(POD.replace("api-1", "api\\n{\\u001b[31m}"));
        assertThat(closed.answer(Reviews.review("pods", pod)).said()).isEqualTo("changed: pods prod/api????31m?");
    }
}
