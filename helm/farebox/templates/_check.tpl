{{/* Stops the render if the values cannot work, with all that is wrong and how to mend it. */}}
{{- define "farebox.check" -}}
{{- $wrong := concat (include "farebox.wrongTree" . | fromJsonArray) (include "farebox.wrongSecrets" . | fromJsonArray) (include "farebox.wrongBook" . | fromJsonArray) (include "farebox.wrongShape" . | fromJsonArray) (include "farebox.wrongSettings" . | fromJsonArray) -}}
{{- if $wrong -}}
{{- fail (printf "\n\nThe values of farebox have %s:\n  * %s\n" (ternary "a problem" (printf "%d problems" (len $wrong)) (eq 1 (len $wrong))) (join "\n  * " $wrong)) -}}
{{- end -}}
{{- end }}

{{- define "farebox.wrongTree" -}}
{{- $wrong := list -}}
{{- $tree := .Values.farebox -}}
{{- if not (index $tree "public-url") -}}
{{- $wrong = append $wrong "farebox.public-url is missing. Write where clients reach the API: farebox: { public-url: \"https://api.example.com\" }" -}}
{{- end -}}
{{- if not (hasKey $tree "routes") -}}
{{- $wrong = append $wrong "farebox.routes is missing: nothing has a price. Write farebox: { routes: [{ id: quotes, match: \"GET /quotes\", price: \"$0.01\" }] }" -}}
{{- end -}}
{{- $upstream := dig "upstream" "url" "" $tree -}}
{{- if and (eq .Values.shape "proxy") (not $upstream) -}}
{{- $wrong = append $wrong "farebox.upstream.url is missing. Name the Service behind the gateway: farebox: { upstream: { url: \"http://api.shop.svc:8080\" } }" -}}
{{- end -}}
{{- if and (eq .Values.shape "sidecar") $upstream (not (regexMatch "^http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:|/|$)" $upstream)) -}}
{{- $wrong = append $wrong "farebox.upstream.url is not in the pod. A sidecar stands before the API of its own pod: leave the key out, or write http://127.0.0.1:PORT; for another Service use shape: proxy" -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end }}

{{/* The leaves of a value as a list of [path, path as in the documentation, text]; takes [value, path, path as documented]. */}}
{{- define "farebox.leaves" -}}
{{- $value := index . 0 -}}
{{- $path := index . 1 -}}
{{- $key := index . 2 -}}
{{- $leaves := list -}}
{{- if kindIs "map" $value -}}
{{- range $name := keys $value | sortAlpha -}}
{{- $below := ternary "*" $name (eq $key "networks") -}}
{{- $leaves = concat $leaves (include "farebox.leaves" (list (index $value $name) (print $path "." $name) (trimPrefix "." (print $key "." $below))) | fromJsonArray) -}}
{{- end -}}
{{- else if kindIs "slice" $value -}}
{{- range $at, $each := $value -}}
{{- /* A list of texts has the key of the list, a list of sections has []. */ -}}
{{- $below := ternary (print $key "[]") $key (kindIs "map" $each) -}}
{{- $leaves = concat $leaves (include "farebox.leaves" (list $each (printf "%s[%d]" $path $at) $below) | fromJsonArray) -}}
{{- end -}}
{{- else -}}
{{- $leaves = append $leaves (list $path $key (toString $value)) -}}
{{- end -}}
{{- toJson $leaves -}}
{{- end }}

{{/* The secret values of the price list as a list of [path, text]. */}}
{{- define "farebox.secretLeaves" -}}
{{- $secret := .Files.Get "files/secret-keys.yaml" | fromYamlArray -}}
{{- $leaves := list -}}
{{- range include "farebox.leaves" (list .Values.farebox "farebox" "") | fromJsonArray -}}
{{- if and (has (index . 1) $secret) (index . 2) }}{{ $leaves = append $leaves (list (index . 0) (index . 2)) }}{{ end -}}
{{- end -}}
{{- toJson $leaves -}}
{{- end }}

{{/* What remains of a secret value without its references tells whether the secret itself is written there. */}}
{{- define "farebox.wrongSecrets" -}}
{{- $wrong := list -}}
{{- $env := .Values.env -}}
{{- $secretEnv := .Values.secretEnv -}}
{{- range include "farebox.secretLeaves" . | fromJsonArray -}}
{{- $path := index . 0 -}}
{{- $text := index . 1 | toString -}}
{{- $rest := regexReplaceAll "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" $text "" -}}
{{- $written := $rest -}}
{{- if hasPrefix "farebox.book" $path -}}
{{- $written = regexFind "(?i)([a-z]*password=[^&;]+|//[^/@]*:[^/@]+@)" $rest -}}
{{- else if hasPrefix "farebox.claims" $path -}}
{{- $written = regexFind "//[^/@]*[^/@:]+@" $rest -}}
{{- else if hasPrefix "farebox.networks" $path -}}
{{- $written = ternary "" (regexReplaceAll "^https?://[^/?#@]*/?$" $rest "") (and (ne $rest $text) (not (contains "@" $rest))) -}}
{{- end -}}
{{- if contains "${" $rest }}{{ $written = "a default" }}{{ end -}}
{{- if $written -}}
{{- $wrong = append $wrong (printf "%s holds a secret that is written out, or a default for one; it would stand in a ConfigMap. Write \"${NAME}\" in its place, without a default, and name the Secret: secretEnv: { NAME: { secret: farebox, key: name } }" $path) -}}
{{- end -}}
{{- if not (hasPrefix "farebox.networks" $path) -}}
{{- range regexFindAll "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" $text -1 -}}
{{- $name := trimSuffix "}" (trimPrefix "${" .) -}}
{{- if hasKey $env $name }}{{ $wrong = append $wrong (printf "%s is filled in from env.%s, which anybody reads who may look at a pod. Move it: secretEnv: { %s: { secret: farebox, key: name } }" $path $name $name) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name := regexFindAll "\\$\\{[A-Za-z_][A-Za-z0-9_.-]*\\}" (toYaml .Values.farebox) -1 | uniq -}}
{{- $name = trimSuffix "}" (trimPrefix "${" $name) -}}
{{- if not (or (hasKey $env $name) (hasKey $secretEnv $name) (eq $name "FAREBOX_UPSTREAM_PORT")) -}}
{{- $wrong = append $wrong (printf "farebox names ${%s}, and nothing sets it. Write secretEnv: { %s: { secret: farebox, key: name } }, or env: { %s: value } if it is no secret" $name $name $name) -}}
{{- end -}}
{{- end -}}
{{- range $name := keys $env | sortAlpha -}}
{{- if hasKey $secretEnv $name }}{{ $wrong = append $wrong (printf "%s stands in env and in secretEnv. Leave it out of one" $name) }}{{ end -}}
{{- end -}}
{{- range $name := concat (keys $env) (keys $secretEnv) | sortAlpha -}}
{{- if has $name (list "FAREBOX_CONFIG" "SERVER_PORT" "MANAGEMENT_SERVER_PORT" "FAREBOX_UPSTREAM_PORT" "JDK_JAVA_OPTIONS") -}}
{{- $wrong = append $wrong (printf "%s is set by the chart. Leave it out of env and secretEnv; Java's options stand in javaOptions, ports of the Service in service.port" $name) -}}
{{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end }}

{{- define "farebox.wrongBook" -}}
{{- $wrong := list -}}
{{- $url := dig "book" "url" "" .Values.farebox -}}
{{- if include "farebox.isH2" . -}}
{{- $fix := "set farebox.book.url: \"jdbc:postgresql://db.example.com/farebox?user=farebox&password=${BOOK_PASSWORD}\" and farebox.secret: \"${FAREBOX_SECRET}\"" -}}
{{- if eq .Values.shape "sidecar" -}}
{{- $wrong = append $wrong (printf "The book is on H2, which has one process, and every pod has a sidecar. For shape: sidecar %s" $fix) -}}
{{- else if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) -}}
{{- $wrong = append $wrong (printf "The book is on H2, which has one process, and there would be several replicas. Set replicas: 1 and autoscaling.enabled: false, or %s" $fix) -}}
{{- else if not .Values.persistence.enabled -}}
{{- $wrong = append $wrong (printf "The book is on H2 and would be gone with its pod, and with it what payers are owed. Set persistence.enabled: true, or %s" $fix) -}}
{{- end -}}
{{- if and $url (not (regexMatch "^jdbc:h2:file:/var/lib/farebox/[A-Za-z0-9_.-]+$" $url)) -}}
{{- $wrong = append $wrong "farebox.book.url is an H2 book outside of the volume. Leave the key out, or write jdbc:h2:file:/var/lib/farebox/book" -}}
{{- end -}}
{{- else -}}
{{- if not .Values.farebox.secret -}}
{{- $wrong = append $wrong "farebox.secret is missing: replicas that share a book sign with the same secret, also while one replaces another. Write farebox: { secret: \"${FAREBOX_SECRET}\" } and secretEnv: { FAREBOX_SECRET: { secret: farebox, key: secret } }" -}}
{{- end -}}
{{- if .Values.persistence.enabled -}}
{{- $wrong = append $wrong "persistence is for a book on H2, and this one is elsewhere. Set persistence.enabled: false" -}}
{{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end }}

{{- define "farebox.wrongShape" -}}
{{- $wrong := list -}}
{{- if eq .Values.shape "sidecar" -}}
{{- range $key := list "ingress" "httpRoute" "autoscaling" "persistence" "serviceMonitor" -}}
{{- if (index $.Values $key).enabled -}}
{{- $wrong = append $wrong (printf "%s.enabled is for shape: proxy; a sidecar lives in the pods of another Deployment. Set %s.enabled: false, or shape: proxy" $key $key) -}}
{{- end -}}
{{- end -}}
{{- if gt (int .Values.replicas) 1 }}{{ $wrong = append $wrong "replicas is for shape: proxy; there are as many sidecars as pods. Leave it out" }}{{ end -}}
{{- if .Values.networkPolicy.upstream.enabled }}{{ $wrong = append $wrong "networkPolicy.upstream is for shape: proxy. networkPolicy.enabled: true keeps everybody from the API's own port in pods with a sidecar" }}{{ end -}}
{{- else -}}
{{- if .Values.networkPolicy.openPorts }}{{ $wrong = append $wrong "networkPolicy.openPorts is for shape: sidecar; the gateway's pod has no other ports. Leave it out" }}{{ end -}}
{{- if .Values.injector.enabled }}{{ $wrong = append $wrong "injector.enabled is for shape: sidecar. Set shape: sidecar, or injector.enabled: false" }}{{ end -}}
{{- if .Values.sidecar.upstreamPort }}{{ $wrong = append $wrong "sidecar.upstreamPort is for shape: sidecar. With shape: proxy the port stands in farebox.upstream.url" }}{{ end -}}
{{- end -}}
{{- if and .Values.injector.enabled (eq .Values.injector.certificate.source "cert-manager") (not .Values.injector.certificate.issuer.name) -}}
{{- $wrong = append $wrong "injector.certificate.issuer.name is missing. Name an Issuer or ClusterIssuer of cert-manager, or set injector.certificate.source: chart" -}}
{{- end -}}
{{- if and .Values.injector.enabled (eq .Values.injector.certificate.source "chart") .Values.injector.certificate.issuer.name -}}
{{- $wrong = append $wrong "injector.certificate.issuer is for certificate.source: cert-manager. Set that, or leave the issuer out" -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end }}

{{- define "farebox.wrongSettings" -}}
{{- $wrong := list -}}
{{- if .Values.autoscaling.enabled -}}
{{- if ne (int .Values.replicas) 1 }}{{ $wrong = append $wrong "replicas and autoscaling.enabled contradict each other. Leave replicas out, or set autoscaling.enabled: false" }}{{ end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) }}{{ $wrong = append $wrong "autoscaling.minReplicas is above autoscaling.maxReplicas. Exchange them" }}{{ end -}}
{{- end -}}
{{- if .Values.disruption.enabled -}}
{{- $min := ne (toString .Values.disruption.minAvailable) "<nil>" -}}
{{- $max := ne (toString .Values.disruption.maxUnavailable) "<nil>" -}}
{{- if and $min $max }}{{ $wrong = append $wrong "disruption.minAvailable and disruption.maxUnavailable exclude each other. Set one of them to null" }}{{ end -}}
{{- if not (or $min $max) }}{{ $wrong = append $wrong "disruption needs minAvailable or maxUnavailable. Set one of them, or disruption.enabled: false" }}{{ end -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}{{ $wrong = append $wrong "ingress.hosts is empty. Write ingress: { hosts: [api.example.com] }" }}{{ end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}{{ $wrong = append $wrong "httpRoute.parentRefs is empty. Name the Gateway: httpRoute: { parentRefs: [{ name: gateway, namespace: gateways }] }" }}{{ end -}}
{{- if and .Values.podMonitor.enabled .Values.serviceMonitor.enabled }}{{ $wrong = append $wrong "podMonitor and serviceMonitor would count everything twice. Enable one of them" }}{{ end -}}
{{- if and .Values.networkPolicy.upstream.enabled (not .Values.networkPolicy.upstream.podSelector) }}{{ $wrong = append $wrong "networkPolicy.upstream.podSelector is empty and would close off every pod here. Name the API's labels: networkPolicy: { upstream: { podSelector: { app: api } } }" }}{{ end -}}
{{- if and .Values.networkPolicy.upstream.enabled (not .Values.networkPolicy.enabled) }}{{ $wrong = append $wrong "networkPolicy.upstream.enabled does nothing without networkPolicy.enabled: true. Set both, or neither" }}{{ end -}}
{{- if lt (int .Values.terminationGracePeriodSeconds) (add 35 (int .Values.preStopSleepSeconds)) -}}
{{- $wrong = append $wrong (printf "terminationGracePeriodSeconds is too short: requests under way have 30 s to end, after preStopSleepSeconds. Set it to %d or more" (add 35 (int .Values.preStopSleepSeconds))) -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) .Values.serviceAccount.annotations }}{{ $wrong = append $wrong "serviceAccount.annotations are for an account that the chart makes. Set serviceAccount.create: true, or leave them out" }}{{ end -}}
{{- toJson $wrong -}}
{{- end }}
