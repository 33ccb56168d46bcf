"""The address of levels of risk."""

from django.urls import path

from dancu.risk.api import risk_levels

app_name = "risk-api"
urlpatterns = [path("", risk_levels, name="levels")]
