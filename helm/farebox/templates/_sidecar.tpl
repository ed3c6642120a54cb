{{/*
For charts that depend on this one with shape: sidecar. Each takes .Subcharts.farebox:
  containers:  {{- include "farebox.sidecar.container" .Subcharts.farebox | nindent 8 }}
  volumes:     {{- include "farebox.sidecar.volumes" .Subcharts.farebox | nindent 8 }}
  labels:      {{- include "farebox.sidecar.labels" .Subcharts.farebox | nindent 8 }}
  annotations: {{- include "farebox.sidecar.annotations" .Subcharts.farebox | nindent 8 }}
  targetPort:  {{ include "farebox.sidecar.port" .Subcharts.farebox }}
*/}}
{{- define "farebox.sidecar.container" -}}
{{- include "farebox.check" . -}}
{{- if ne .Values.shape "sidecar" }}{{ fail "farebox.sidecar.container is for shape: sidecar. Set it in the values of the chart farebox" }}{{ end -}}
{{- if not .Values.sidecar.upstreamPort }}{{ fail "sidecar.upstreamPort is missing: where the API listens in its pod. Write farebox: { sidecar: { upstreamPort: 8080 } }" }}{{ end -}}
-
  {{- include "farebox.container" . | nindent 2 }}
{{- end }}

{{- define "farebox.sidecar.volumes" -}}
{{- include "farebox.volumes" . }}
{{- end }}

{{/* What the network policy and the pod monitor know the pods by. */}}
{{- define "farebox.sidecar.labels" -}}
farebox.io/inject: "true"
{{- end }}

{{/* injected: so that a webhook leaves the pod alone. */}}
{{- define "farebox.sidecar.annotations" -}}
farebox.io/injected: "true"
farebox.io/restart-sum: {{ include "farebox.restartSum" . }}
{{- end }}

{{- define "farebox.sidecar.port" -}}
farebox
{{- end }}

{{/* What the webhook adds to a pod, as it reads it. */}}
{{- define "farebox.injection" -}}
{{- $container := include "farebox.container" . | fromYaml -}}
{{- $volumes := include "farebox.volumes" . | fromYamlArray -}}
{{- dict "container" $container "volumes" $volumes "annotations" (include "farebox.sidecar.annotations" . | fromYaml) "graceSeconds" (int .Values.terminationGracePeriodSeconds) | toPrettyJson -}}
{{- end }}
