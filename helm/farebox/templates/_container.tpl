{{/* The environment of the gateway, and of a sidecar without the port of its API. */}}
{{- define "farebox.env" -}}
- { name: FAREBOX_CONFIG, value: /etc/farebox/farebox.yaml }
- { name: SERVER_PORT, value: "8402" }
- { name: MANAGEMENT_SERVER_PORT, value: "9402" }
{{- with .Values.javaOptions }}
- { name: JDK_JAVA_OPTIONS, value: {{ join " " . | quote }} }
{{- end }}
{{- with .Values.trustedProxies }}
- { name: SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_TRUSTEDPROXIES, value: {{ . | quote }} }
{{- end }}
{{- if and (eq .Values.shape "sidecar") .Values.sidecar.upstreamPort }}
- { name: FAREBOX_UPSTREAM_PORT, value: {{ .Values.sidecar.upstreamPort | int | quote }} }
{{- end }}
{{- range $name, $value := .Values.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- range $name, $from := .Values.secretEnv }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef: { name: {{ $from.secret | quote }}, key: {{ $from.key | quote }} }
{{- end }}
{{- end }}

{{/* What every container of ours is held to. */}}
{{- define "farebox.restricted" -}}
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
{{- with .Values.podSecurity.runAsUser }}
runAsUser: {{ int . }}
runAsGroup: {{ int . }}
{{- end }}
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{/* The container that takes the money, alone in its pod or beside an API. */}}
{{- define "farebox.container" -}}
name: farebox
image: {{ include "farebox.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
  {{- include "farebox.env" . | nindent 2 }}
ports:
  - { name: farebox, containerPort: 8402, protocol: TCP }
  - { name: farebox-mgmt, containerPort: 9402, protocol: TCP }
startupProbe:
  httpGet: { path: /actuator/health/liveness, port: 9402 }
  periodSeconds: 2
  failureThreshold: {{ max 1 (div (int .Values.probes.startupSeconds) 2) }}
livenessProbe:
  httpGet: { path: /actuator/health/liveness, port: 9402 }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /actuator/health/{{ .Values.probes.readinessGroup }}, port: 9402 }
  periodSeconds: 5
  timeoutSeconds: 5
{{- if .Values.preStopSleepSeconds }}
lifecycle:
  preStop:
    sleep: { seconds: {{ int .Values.preStopSleepSeconds }} }
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  {{- include "farebox.restricted" . | nindent 2 }}
volumeMounts:
  - { name: farebox-config, mountPath: /etc/farebox, readOnly: true }
  - { name: farebox-tmp, mountPath: /tmp }
  {{- if and (eq .Values.shape "proxy") (include "farebox.isH2" .) }}
  - { name: farebox-data, mountPath: /var/lib/farebox }
  {{- end }}
{{- end }}

{{- define "farebox.volumes" -}}
- name: farebox-config
  configMap: { name: {{ include "farebox.fullname" . }} }
- name: farebox-tmp
  emptyDir: { sizeLimit: {{ .Values.tmpSize }} }
{{- if and (eq .Values.shape "proxy") (include "farebox.isH2" .) }}
- name: farebox-data
  persistentVolumeClaim: { claimName: {{ .Values.persistence.existingClaim | default (include "farebox.fullname" .) }} }
{{- end }}
{{- end }}

{{/* What every pod of ours has. */}}
{{- define "farebox.podSettings" -}}
serviceAccountName: {{ include "farebox.serviceAccount" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- with .Values.podSecurity.fsGroup }}
  fsGroup: {{ int . }}
  fsGroupChangePolicy: OnRootMismatch
  {{- end }}
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - { name: {{ . }} }
  {{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
