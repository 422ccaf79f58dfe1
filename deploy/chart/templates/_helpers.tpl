{{- define "caducus.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "caducus.labels" -}}
app.kubernetes.io/name: caducus
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "caducus.selector" -}}
app.kubernetes.io/name: caducus
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "caducus.secret" -}}
{{- if .Values.secret.existing -}}
{{ .Values.secret.existing }}
{{- else -}}
{{ include "caducus.name" . }}
{{- end -}}
{{- end -}}

{{- define "caducus.pipeline" -}}
{{- if .Values.pipeline -}}
{{ .Values.pipeline }}
{{- else -}}
{{ .Files.Get "pipelines/central.yaml" }}
{{- end -}}
{{- end -}}
